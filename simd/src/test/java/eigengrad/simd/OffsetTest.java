package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Equal arguments give equal bits at every place in an array. */
class OffsetTest {

  @ParameterizedTest
  @EnumSource(KernelCalls.class)
  void everyKernel_atEveryOffset_givesTheSameBits(KernelCalls call) {
    for (KernelSet kernels : Samples.kernelSets()) {
      long expected = atOffset(call, kernels, 0);
      for (int offset = 1; offset <= 17; offset++) {
        assertEquals(expected, atOffset(call, kernels, offset), "offset " + offset);
      }
    }
  }

  private static long atOffset(KernelCalls call, KernelSet kernels, int offset) {
    return call.at(kernels, offset, KernelCalls.ROWS, KernelCalls.COLUMNS).getAsLong();
  }
}
