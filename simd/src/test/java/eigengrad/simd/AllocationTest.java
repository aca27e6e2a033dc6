package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compiled kernels box no vector: they allocate nothing at all. */
class AllocationTest {
  /**
   * Without profiles C2 knows a vector's class from the code alone. A kernel that needs them is at
   * the mercy of what else the program has called, and of when it is compiled.
   */
  private static final String NO_RECEIVER_PROFILES = "-XX:-UseTypeProfile";

  @Test
  void everyKernel_warmedUpOnWholeTilesAndRemainders_allocatesNothing() {
    assumeVectors();
    assertAllocatesNothing(KernelCalls.ROWS, List.of());
  }

  @Test
  void everyKernel_warmedUpOnSingleVectorsWithoutProfiles_allocatesNothingOnLongerOnes() {
    assumeTrue(Samples.compiled().lanes() == 8, "the next test is for fewer lanes");
    assertAllocatesNothing(Samples.compiled().lanes(), List.of(NO_RECEIVER_PROFILES));
  }

  private static void assumeVectors() {
    assumeTrue(Samples.compiled().isVector(), "plain loops have no objects to make");
  }

  @Test
  void everyKernel_warmedUpOnSixteenRegistersWithoutMasksAndProfiles_allocatesNothing() {
    assumeVectors();
    assumeTrue(Samples.compiled().lanes() < 8, "such a processor has no eight lanes");
    assertAllocatesNothing(
        1, List.of(ChildJvm.IGNORE_UNKNOWN, "-XX:UseAVX=2", NO_RECEIVER_PROFILES));
  }

  private static void assertAllocatesNothing(int warmUpSize, List<String> moreFlags) {
    List<String> flags = new ArrayList<>(ChildJvm.flagsOfThisJvm());
    flags.addAll(moreFlags);
    // Each call waits for the compiler, which takes a fifth of the usual number.
    flags.add("-Xbatch");
    flags.add("-XX:CompileThresholdScaling=0.2");
    ChildJvm.Result result =
        ChildJvm.run(AllocationProbe.class, flags, Integer.toString(warmUpSize));
    assertEquals(0, result.status(), result.err());
    StringBuilder expected = new StringBuilder();
    for (KernelCalls call : KernelCalls.values()) {
      expected.append(call).append(" 0\n");
    }
    assertEquals(expected.toString().strip(), result.out());
  }
}
