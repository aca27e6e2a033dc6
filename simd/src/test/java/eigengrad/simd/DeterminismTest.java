package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Equal arguments give equal bits: in every tier of the JVM and at every place in an array. */
class DeterminismTest {

  @Test
  void everyKernel_interpretedAndCompiled_givesTheSameBits() {
    List<String> flags = new ArrayList<>(ChildJvm.flagsOfThisJvm());
    List<String> waiting = new ArrayList<>(flags);
    // Each call waits for the compiler, which takes a fifth of the usual number: nothing is still
    // interpreted at the end.
    waiting.add("-Xbatch");
    waiting.add("-XX:CompileThresholdScaling=0.2");
    ChildJvm.Result compiled = ChildJvm.run(DeterminismProbe.class, waiting);
    assertEquals(0, compiled.status(), compiled.err());
    assertEquals(KernelCalls.values().length, compiled.out().lines().count());
    flags.add("-Xint");
    flags.add("-Dprobe.first.only=true");
    assertEquals(compiled.out(), ChildJvm.run(DeterminismProbe.class, flags).out());
  }

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
