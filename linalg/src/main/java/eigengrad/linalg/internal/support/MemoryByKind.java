package eigengrad.linalg.internal.support;

import java.util.Arrays;
import java.util.function.Supplier;

/** Memory of several kinds that is kept between calls, each made when it is first asked for. */
public final class MemoryByKind {
  private Object[] kept = {};

  /** Nothing yet. */
  public MemoryByKind() {}

  /**
   * The memory of a kind.
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
