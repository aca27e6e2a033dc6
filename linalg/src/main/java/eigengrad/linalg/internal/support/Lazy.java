package eigengrad.linalg.internal.support;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a solver that is made when it is first needed, by one thread.
 *
 * <p>A solver has a part for every kind of matrix and needs two or three of them. All the others
 * would take longer to make than a small matrix to solve, and the JIT compiler, which follows every
 * new object as far as it can, seconds to compile.
 *
 * @param <T> the part
 */
public final class Lazy<T> {
  private final Supplier<T> make;
  private @Nullable T made;

  /**
   * Not made yet.
   *
   * @param make makes it
   */
  public Lazy(Supplier<T> make) {
    this.make = make;
  }

  /**
   * The part.
   *
   * @return the same one each time
   */
  public T get() {
    T part = made;
    if (part == null) {
      part = make.get();
      made = part;
    }
    return part;
  }
}
