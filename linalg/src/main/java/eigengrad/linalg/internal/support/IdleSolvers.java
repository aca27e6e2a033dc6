package eigengrad.linalg.internal.support;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Solvers that wait for the next call that has none of its own, about one for each processor, until
 * the collector needs their memory: for small matrices a new solver takes longer to make than the
 * result.
 *
 * @param <S> the solver
 */
public final class IdleSolvers<S> {
  /** References in two cache lines: threads must not share what they write. */
  private static final int STRIDE = 32;

  /** Orders up to which it matters what a solver costs, and not what it holds. */
  private static final int SMALL = 64;

  private static final int SLOTS = Math.min(Runtime.getRuntime().availableProcessors(), 64);

  private final AtomicReferenceArray<@Nullable SoftReference<S>> idle =
      new AtomicReferenceArray<>(SLOTS * STRIDE);

  private final Supplier<S> make;

  /**
   * None yet.
   *
   * @param make makes one
   */
  public IdleSolvers(Supplier<S> make) {
    this.make = make;
  }

  /**
   * Has one of them, or a new one, do something. One that fails, or that a large matrix was for, is
   * not used again.
   *
   * @param <R> what comes of it
   * @param order of the matrix, or the larger of its rows and columns
   * @param call may use the solver until it returns
   * @return what it returned
   */
  public <R> R call(int order, Function<S, R> call) {
    if (order > SMALL) {
      return call.apply(make.get());
    }
    int slot = (int) (Thread.currentThread().threadId() % SLOTS) * STRIDE;
    SoftReference<S> reference = idle.getAndSet(slot, null);
    S solver = reference == null ? null : reference.get();
    if (reference == null || solver == null) {
      solver = make.get();
      reference = new SoftReference<>(solver);
    }
    R result = call.apply(solver);
    idle.setRelease(slot, reference);
    return result;
  }
}
