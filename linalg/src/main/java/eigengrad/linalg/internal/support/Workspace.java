package eigengrad.linalg.internal.support;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Memory of several kinds that is kept between calls, for one call at a time. */
public final class Workspace {
  private final AtomicBoolean inUse = new AtomicBoolean();
  private Object[] kept = {};

  /** An empty one. */
  public Workspace() {}

  /**
   * Begins a call.
   *
   * @throws IllegalStateException if another has not ended
   */
  public void acquire() {
    if (!inUse.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "this EigenSolver is in use by another call: give each thread its own");
    }
  }

  /** Ends a call, however it ended. */
  public void release() {
    inUse.set(false);
  }

  /**
   * The memory of a kind, made when it is first asked for.
   *
   * @param <M> the kind
   * @param kind its class
   * @param make makes it
   * @return the same one each time
   */
  public <M> M of(Class<M> kind, Supplier<M> make) {
    for (Object memory : kept) {
      if (kind.isInstance(memory)) {
        return kind.cast(memory);
      }
    }
    M made = make.get();
    kept = Arrays.copyOf(kept, kept.length + 1);
    kept[kept.length - 1] = made;
    return made;
  }
}
