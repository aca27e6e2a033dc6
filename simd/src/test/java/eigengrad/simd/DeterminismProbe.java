package eigengrad.simd;

import java.util.function.LongSupplier;

/**
 * Child of {@link DeterminismTest}: prints the bits of every kernel's first calls, which are
 * interpreted, and fails unless 1,800 later calls, which end compiled, agree.
 */
final class DeterminismProbe {
  private static final int CALLS = 1_800;

  private DeterminismProbe() {}

  public static void main(String[] arguments) {
    for (KernelCalls call : KernelCalls.values()) {
      LongSupplier kernel = call.at(Samples.compiled(), 0, KernelCalls.ROWS, KernelCalls.COLUMNS);
      long first = kernel.getAsLong();
      int calls = Boolean.getBoolean("probe.first.only") ? 1 : CALLS;
      for (int i = 1; i < calls; i++) {
        long bits = kernel.getAsLong();
        if (bits != first) {
          throw new AssertionError(call + " changed its bits at call " + i);
        }
      }
      System.out.println(call + " " + Long.toHexString(first));
    }
  }
}
