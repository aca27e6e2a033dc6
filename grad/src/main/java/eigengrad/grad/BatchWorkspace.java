package eigengrad.grad;

import eigengrad.grad.internal.batch.LaneBlockRunner;
import eigengrad.linalg.Parallelism;

/**
 * Threads and memory for the gradients of batches, to be kept between calls: with a workspace that
 * has seen the order before, a call allocates nothing but its result and a few small objects.
 *
 * <p>It fits every order, grows to what the largest needs, 16n² doubles per thread or what power
 * iteration asks for, and never shrinks. Results depend neither on what it was used for before nor
 * on its threads.
 *
 * <p>One call at a time: a call that finds it in use throws {@link IllegalStateException}.
 */
public final class BatchWorkspace {
  private final LaneBlockRunner runner;

  /** A workspace for the calling thread alone. */
  public BatchWorkspace() {
    this(Parallelism.sequential());
  }

  /**
   * A workspace whose calls share their work out among threads.
   *
   * @param parallelism the threads
   */
  public BatchWorkspace(Parallelism parallelism) {
    this.runner = new LaneBlockRunner(parallelism);
  }

  /**
   * What runs the work of this module's other packages.
   *
   * @return the runner, of a type that is not exported
   * @hidden
   */
  @SuppressWarnings("exports")
  public LaneBlockRunner runner() {
    return runner;
  }
}
