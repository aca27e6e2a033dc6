package eigengrad.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Child of {@link AllocationTest}: measures what kernels allocate that were compiled while their
 * operands had one size, given as the argument, and then meet others.
 */
final class AllocationProbe {
  private static final int WARM_UP = 1_800;
  private static final int CALLS = 100;

  /** A kernel may be compiled anew once it meets others; one that boxes never reaches zero. */
  private static final int TRIALS = 500;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocationProbe() {}

  public static void main(String[] arguments) {
    int size = Integer.parseInt(arguments[0]);
    for (KernelCalls call : KernelCalls.values()) {
      repeat(call.at(Samples.compiled(), 3, size, size), WARM_UP);
    }
    for (KernelCalls call : KernelCalls.values()) {
      LongSupplier kernel = call.at(Samples.compiled(), 3, 3 * KernelCalls.ROWS, KernelCalls.ROWS);
      long least = Long.MAX_VALUE;
      for (int trial = 0; trial < TRIALS && least > 0; trial++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(kernel, CALLS);
        least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      }
      System.out.println(call + " " + least / CALLS);
    }
  }

  private static long repeat(LongSupplier kernel, int calls) {
    long hash = 0;
    for (int i = 0; i < calls; i++) {
      hash ^= kernel.getAsLong();
    }
    return hash;
  }
}
