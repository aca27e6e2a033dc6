package eigengrad.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Child of {@link CompiledKernelsTest}: prints the bits of every kernel's first call, which is
 * interpreted, and what it allocates when it was compiled while its operands had one size, given as
 * the argument, and then meets others. Fails unless all calls of a size have the same bits.
 */
final class CompiledKernelsProbe {
  /** Has the first calls alone made, and their bits printed. */
  static final String FIRST_ONLY = "probe.first.only";

  private static final int WARM_UP = 1_800;
  private static final int CALLS = 100;

  /** A kernel may be compiled anew once it meets others; one that boxes never reaches zero. */
  private static final int TRIALS = 500;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private CompiledKernelsProbe() {}

  public static void main(String[] arguments) {
    int size = Integer.parseInt(arguments[0]);
    int calls = Boolean.getBoolean(FIRST_ONLY) ? 1 : WARM_UP;
    Map<KernelCalls, String> lines = new EnumMap<>(KernelCalls.class);
    for (KernelCalls call : KernelCalls.values()) {
      LongSupplier kernel =
          call.at(Samples.compiled(), 3, size, Math.min(size, KernelCalls.COLUMNS));
      lines.put(call, call + " " + Long.toHexString(sameBits(call, kernel, calls)));
    }
    if (calls > 1) {
      lines.replaceAll((call, line) -> line + " " + allocated(call));
    }
    lines.values().forEach(System.out::println);
  }

  private static long sameBits(KernelCalls call, LongSupplier kernel, int calls) {
    long first = kernel.getAsLong();
    for (int i = 1; i < calls; i++) {
      if (kernel.getAsLong() != first) {
        throw new AssertionError(call + " changed its bits at call " + i);
      }
    }
    return first;
  }

  /** Bytes per call. */
  private static long allocated(KernelCalls call) {
    LongSupplier kernel = call.at(Samples.compiled(), 3, 3 * KernelCalls.ROWS, KernelCalls.ROWS);
    long least = Long.MAX_VALUE;
    for (int trial = 0; trial < TRIALS && least > 0; trial++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      sameBits(call, kernel, CALLS);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / CALLS;
  }
}
