package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The choice of kernels as a user meets it: flags in, name, result and warnings out.
 *
 * <p>Each case starts a JVM of its own, so the choice does not depend on how this one was started.
 */
class KernelSelectionTest {
  /** 1² + … + 100². */
  private static final String SUM = " 338350.0";

  private static final String C1_ALONE = "-XX:TieredStopAtLevel=1";

  @Test
  void active_moduleAbsent_isScalarCorrectAndWarnsOnceNamingTheFlag() {
    ChildJvm.Result result = run("auto", false);
    assertEquals("scalar" + SUM, result.out());
    List<String> naming =
        result.err().lines().filter(line -> line.contains("jdk.incubator.vector")).toList();
    assertEquals(1, naming.size(), result.err());
    assertTrue(naming.get(0).contains("--add-modules jdk.incubator.vector"), result.err());
    assertTrue(naming.get(0).contains("-Deigengrad.simd=scalar"), result.err());
    assertTrue(result.err().contains("WARNING"), result.err());
  }

  @Test
  void active_nothingRequested_isTheSameAsAuto() {
    ChildJvm.Result result = ChildJvm.run(SelectionProbe.class, List.of());
    assertEquals("scalar" + SUM, result.out());
    assertEquals(1, result.err().lines().filter(line -> line.contains("--add-modules")).count());
    assertEquals(run("auto", true).out(), ChildJvm.run(SelectionProbe.class, withModule()).out());
  }

  @Test
  void active_modulePresent_isVectorAndSilent() {
    ChildJvm.Result result = run("auto", true);
    assertTrue(result.out().matches("vector-\\d+" + SUM), result.out());
    assertEquals(List.of(), result.warnings());
  }

  @Test
  void active_scalarRequested_isScalarAndSilentWithOrWithoutTheModule() {
    for (boolean module : new boolean[] {true, false}) {
      ChildJvm.Result result = run("scalar", module);
      assertEquals("scalar" + SUM, result.out());
      assertEquals(List.of(), result.warnings());
    }
  }

  @Test
  void active_widthRequested_isThatWidthOrTheWidestWithAWarning() {
    int widest = Integer.parseInt(run("auto", true).out().replace("vector-", "").replace(SUM, ""));
    for (int bits : new int[] {128, 256, 512}) {
      ChildJvm.Result result = run(Integer.toString(bits), true);
      assertEquals("vector-" + Math.min(bits, widest) + SUM, result.out());
      boolean warned = result.err().contains("this processor has " + widest + "-bit vectors");
      assertEquals(bits > widest, warned, result.err());
    }
  }

  @Test
  void active_widthRequestedWithoutTheModule_throwsNamingTheFlagEveryTime() {
    ChildJvm.Result result = run("256", false);
    String message = "eigengrad.simd=256 needs the JVM flag --add-modules jdk.incubator.vector";
    assertEquals(List.of(message, message), result.out().lines().toList());
  }

  @Test
  void active_unknownRequest_throwsListingWhatIsKnownEveryTime() {
    for (String request : new String[] {"avx2", "64", ""}) {
      ChildJvm.Result result = run(request, request.isEmpty());
      String message =
          "eigengrad.simd="
              + request
              + ": expected one of auto, scalar, 128, 256 or 512 (bits of a vector)";
      assertEquals(List.of(message, message), result.out().lines().toList());
    }
  }

  @Test
  void active_noFusedMultiplyAdd_isScalarWithAWarning() {
    boolean x86 = List.of("amd64", "x86_64").contains(System.getProperty("os.arch", ""));
    for (String request : new String[] {"auto", "128"}) {
      for (String flag : new String[] {"-XX:-UseFMA", "-XX:UseAVX=0"}) {
        ChildJvm.Result result =
            run(request, List.of(ChildJvm.MODULE_FLAG, ChildJvm.IGNORE_UNKNOWN, flag));
        boolean hidden = x86 || flag.contains("FMA");
        assertEquals(hidden, result.out().equals("scalar" + SUM), result.out());
        assertEquals(hidden, result.err().contains("no 128-bit vectors with a fused"));
      }
    }
  }

  /** What a JVM's flags tell must be found out without them, too. */
  @Test
  void active_imageWithoutManagement_isVectorUnlessMultiplyAddIsSlow() {
    String image = "--limit-modules=java.logging,jdk.incubator.vector";
    List<String> flags = List.of(ChildJvm.MODULE_FLAG, image);
    ChildJvm.Result fast = run("auto", flags);
    assertTrue(fast.out().matches("vector-\\d+" + SUM), fast.out());
    assertEquals(List.of(), fast.warnings());
    ChildJvm.Result slow = run("auto", List.of(ChildJvm.MODULE_FLAG, image, "-XX:-UseFMA"));
    assertEquals("scalar" + SUM, slow.out());
    assertTrue(slow.err().contains("-XX:-UseFMA"), slow.err());
    ChildJvm.Result c1 = run("auto", List.of(ChildJvm.MODULE_FLAG, image, C1_ALONE));
    assertEquals("scalar" + SUM, c1.out());
    assertTrue(c1.err().contains("C2 compiler is not in use"), c1.err());
  }

  @Test
  void active_imageWithoutTheVectorApi_isScalarAndWarnsWithoutNamingAFlagThatFails() {
    ChildJvm.Result result = run("auto", List.of("--limit-modules=java.logging"));
    assertEquals("scalar" + SUM, result.out());
    assertEquals(1, result.err().lines().filter(line -> line.contains("WARNING")).count());
    assertTrue(result.err().contains("has no module jdk.incubator.vector"), result.err());
  }

  @Test
  void active_jvmThatDoesNotCompileVectors_isScalarAndWarnsOnceNamingTheRemedy() {
    for (String flag : new String[] {"-Xint", "-Xcomp", C1_ALONE, "-XX:TieredStopAtLevel=3"}) {
      ChildJvm.Result result = run("auto", List.of(ChildJvm.MODULE_FLAG, flag));
      assertEquals("scalar" + SUM, result.out(), flag);
      assertEquals(1, result.err().lines().filter(line -> line.contains("WARNING")).count());
      assertTrue(result.err().contains("start it without"), result.err());
    }
  }

  @Test
  void active_widthRequestedOnSuchAJvm_isVectorWithAWarning() {
    ChildJvm.Result result = run("128", List.of(ChildJvm.MODULE_FLAG, C1_ALONE));
    assertEquals("vector-128" + SUM, result.out());
    assertTrue(result.err().contains("slower than scalar ones"), result.err());
    assertTrue(result.err().contains("-Deigengrad.simd=auto"), result.err());
  }

  @Test
  void active_requestInCapitals_isUnderstood() {
    assertEquals("scalar" + SUM, run("SCALAR", true).out());
  }

  private static ChildJvm.Result run(String request, boolean module) {
    return run(request, module ? withModule() : List.of());
  }

  private static ChildJvm.Result run(String request, List<String> jvmFlags) {
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.add("-D" + KernelSelection.PROPERTY + "=" + request);
    return ChildJvm.run(SelectionProbe.class, flags);
  }

  private static List<String> withModule() {
    return List.of(ChildJvm.MODULE_FLAG);
  }
}
