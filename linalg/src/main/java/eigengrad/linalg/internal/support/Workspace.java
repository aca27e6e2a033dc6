package eigengrad.linalg.internal.support;

import java.util.concurrent.atomic.AtomicBoolean;

/** Memory that is kept between calls, for one call at a time. */
public final class Workspace {
  private final AtomicBoolean inUse = new AtomicBoolean();
  private final MemoryByKind memory = new MemoryByKind();

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
          "this solver is in use by another call: give each thread its own");
    }
  }

  /** Ends a call, however it ended. */
  public void release() {
    inUse.set(false);
  }

  /**
   * The memory, for the call that has begun.
   *
   * @return the same one each time
   */
  public MemoryByKind memory() {
    return memory;
  }
}
