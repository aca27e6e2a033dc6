package eigengrad.linalg;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What calls allocate on the current thread. */
final class Allocation {
  /**
   * In that time the compiler, which other tests keep busy too, has done away with vectors that are
   * objects.
   */
  static final long PATIENCE = 20_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** The fewest bytes of a call, again until they are enough or the time is over. */
  static long least(long enough, long nanos, Runnable call) {
    return least(enough, nanos, () -> call, Runnable::run);
  }

  /** The same of the first call of a new solver, which itself does not count. */
  static <S> long leastOfFirst(long enough, Supplier<S> solvers, Consumer<S> call) {
    return least(enough, PATIENCE, solvers, call);
  }

  private static <S> long least(long enough, long nanos, Supplier<S> solvers, Consumer<S> call) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + nanos;
    while (least > enough && System.nanoTime() - end < 0) {
      S solver = solvers.get();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      call.accept(solver);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
