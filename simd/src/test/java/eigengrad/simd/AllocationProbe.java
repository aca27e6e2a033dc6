package eigengrad.simd;

import java.util.function.LongSupplier;

/**
 * Child of {@link AllocationTest}: measures what kernels allocate that were compiled while their
 * operands had one size, given as the argument, and then meet others.
 *
 * <p>Run without thread-local buffers, so that the free memory of the heap tells every object.
 */
final class AllocationProbe {
  private static final int WARM_UP = 12_000;
  private static final int CALLS = 500;

  /** On a busy machine the compiler may arrive late; a kernel that boxes never reaches zero. */
  private static final int TRIALS = 400;

  private AllocationProbe() {}

  public static void main(String[] arguments) {
    int size = Integer.parseInt(arguments[0]);
    for (KernelCalls call : KernelCalls.values()) {
      repeat(call.at(Kernels.active(), 3, size, size), WARM_UP);
    }
    for (KernelCalls call : KernelCalls.values()) {
      LongSupplier kernel = call.at(Kernels.active(), 3, 3 * KernelCalls.ROWS, KernelCalls.ROWS);
      long least = Long.MAX_VALUE;
      for (int trial = 0; trial < TRIALS && least > 0; trial++) {
        long before = used();
        repeat(kernel, CALLS);
        least = Math.min(least, Math.abs(used() - before));
      }
      System.out.println(call + " " + least / CALLS);
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long repeat(LongSupplier kernel, int calls) {
    long hash = 0;
    for (int i = 0; i < calls; i++) {
      hash ^= kernel.getAsLong();
    }
    return hash;
  }
}
