package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels have the bits of interpreted ones, and box no vector: they allocate nothing at
 * all.
 */
class CompiledKernelsTest {
  /**
   * Without profiles C2 knows a vector's class from the code alone. A kernel that needs them is at
   * the mercy of what else the program has called, and of when it is compiled.
   */
  private static final String NO_RECEIVER_PROFILES = "-XX:-UseTypeProfile";

  @Test
  void everyKernel_warmedUpOnWholeTilesAndRemainders_keepsItsBitsAndAllocatesNothing() {
    String compiled = compiled(KernelCalls.ROWS, List.of());
    List<String> flags = new ArrayList<>(ChildJvm.flagsOfThisJvm());
    flags.add("-Xint");
    flags.add("-D" + CompiledKernelsProbe.FIRST_ONLY + "=true");
    String interpreted = run(KernelCalls.ROWS, flags);
    assertEquals(interpreted.lines().map(line -> line + " 0").toList(), compiled.lines().toList());
    assertNothingAllocated(compiled);
  }

  @Test
  void everyKernel_warmedUpOnSingleVectorsWithoutProfiles_allocatesNothingOnLongerOnes() {
    assumeTrue(Samples.compiled().lanes() == 8, "the next test is for fewer lanes");
    assertNothingAllocated(compiled(Samples.compiled().lanes(), List.of(NO_RECEIVER_PROFILES)));
  }

  @Test
  void everyKernel_warmedUpOnSixteenRegistersWithoutMasksAndProfiles_allocatesNothing() {
    assumeTrue(Samples.compiled().isVector(), "plain loops have no objects to make");
    assumeTrue(Samples.compiled().lanes() < 8, "such a processor has no eight lanes");
    assertNothingAllocated(
        compiled(1, List.of(ChildJvm.IGNORE_UNKNOWN, "-XX:UseAVX=2", NO_RECEIVER_PROFILES)));
  }

  private static String compiled(int warmUpSize, List<String> moreFlags) {
    List<String> flags = new ArrayList<>(ChildJvm.flagsOfThisJvm());
    flags.addAll(moreFlags);
    // Each call waits for the compiler, which takes a fifth of the usual number: nothing is still
    // interpreted at the end.
    flags.add("-Xbatch");
    flags.add("-XX:CompileThresholdScaling=0.2");
    return run(warmUpSize, flags);
  }

  private static String run(int size, List<String> flags) {
    ChildJvm.Result result =
        ChildJvm.run(CompiledKernelsProbe.class, flags, Integer.toString(size));
    assertEquals(0, result.status(), result.err());
    return result.out();
  }

  /** Of each kernel a line with its name, its bits and the bytes of a call. */
  private static void assertNothingAllocated(String lines) {
    assertEquals(
        Arrays.stream(KernelCalls.values()).map(call -> call + " 0").toList(),
        lines.lines().map(line -> line.replaceFirst(" \\S+ ", " ")).toList());
  }
}
