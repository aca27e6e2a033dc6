package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The choice of kernels as a user meets it: flags in, name, result and warnings out.
 *
 * <p>Each case starts a JVM of its own, so the choice does not depend on how this one was started,
 * and once is enough.
 */
@DisabledIfSystemProperty(named = KernelSelection.PROPERTY, matches = ".*")
class KernelSelectionTest {
  /** 1² + … + 100². */
  private static final String SUM = " 338350.0";

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
  void active_jvmThatDoesNotCompileVectorsWell_isScalarAndWarnsOnceNamingReasonAndOverride() {
    requireRefused("-Xint", "-Xint");
    // Not all of the JDK: that would take ten seconds.
    String few = "-XX:CompileCommand=compileonly,eigengrad.*::*";
    requireRefused("-Xcomp", "-Xcomp", "-XX:CompileCommand=quiet", few);
    requireRefused("C2 compiler", "-XX:TieredStopAtLevel=1");
    requireRefused("C2 compiler", "-XX:TieredStopAtLevel=3");
    requireRefused("fused multiply-add", "-XX:-UseFMA");
    requireRefused(
        "-XX:-EnableVectorSupport", "-XX:+UnlockExperimentalVMOptions", "-XX:-EnableVectorSupport");
  }

  /** Of VMs that are not here, their properties. */
  @Test
  void active_otherVmOrCompiler_isScalarAndWarnsOnceNamingReasonAndOverride() {
    List<String> flags = List.of(ChildJvm.MODULE_FLAG);
    requireRefused(
        "Eclipse OpenJ9 VM",
        ChildJvm.run(SelectionProbe.class, flags, "java.vm.name", "Eclipse OpenJ9 VM"));
    requireRefused(
        "Graal", ChildJvm.run(SelectionProbe.class, flags, "java.vm.version", "25+37-jvmci-b01"));
  }

  /** What flags tell is told by properties and the clock where no module can read them. */
  @Test
  void active_imageWithoutManagement_isVectorUnlessTheJvmDoesNotCompileVectorsWell() {
    String image = "--limit-modules=jdk.incubator.vector";
    ChildJvm.Result good = run("auto", List.of(ChildJvm.MODULE_FLAG, image));
    assertTrue(good.out().matches("vector-\\d+" + SUM), good.out());
    assertEquals(List.of(), good.warnings());
    requireRefused("-Xint", image, "-Xint");
    // Later no property tells: boxed kernels lose the warm-up's race, and plain loops stay.
    if (Runtime.version().feature() < 27) {
      requireRefused("C2 compiler", image, "-XX:TieredStopAtLevel=1");
    }
    requireRefused("fused multiply-add", image, "-XX:-UseFMA");
  }

  @Test
  void active_noVectors_isScalarAndWarnsOnce() {
    for (String request : new String[] {"auto", "256"}) {
      ChildJvm.Result result =
          run(
              request,
              List.of(ChildJvm.MODULE_FLAG, ChildJvm.IGNORE_UNKNOWN, "-XX:MaxVectorSize=8"));
      requireScalarWithWarning("-XX:MaxVectorSize", result);
    }
  }

  @Test
  void active_widthRequestedWhereVectorsAreSlow_isThatWidthAndSilent() {
    for (String flag : new String[] {"-XX:TieredStopAtLevel=1", "-XX:-UseFMA"}) {
      ChildJvm.Result result = run("128", List.of(ChildJvm.MODULE_FLAG, flag));
      assertEquals("vector-128" + SUM, result.out());
      assertEquals(List.of(), result.warnings());
    }
  }

  @Test
  void active_requestInCapitals_isUnderstood() {
    assertEquals("scalar" + SUM, run("SCALAR", true).out());
  }

  private static void requireRefused(String reason, String... jvmFlags) {
    List<String> flags = new ArrayList<>(List.of(jvmFlags));
    flags.add(ChildJvm.MODULE_FLAG);
    requireRefused(reason, ChildJvm.run(SelectionProbe.class, flags));
  }

  private static void requireRefused(String reason, ChildJvm.Result result) {
    requireScalarWithWarning(reason, result);
    assertTrue(result.err().contains("-Deigengrad.simd=256 takes vectors"), result.err());
  }

  private static void requireScalarWithWarning(String reason, ChildJvm.Result result) {
    assertEquals("scalar" + SUM, result.out());
    List<String> warnings = result.err().lines().filter(line -> line.contains("WARNING")).toList();
    warnings = warnings.stream().filter(line -> !line.contains("incubator modules")).toList();
    assertEquals(1, warnings.size(), result.err());
    assertTrue(warnings.get(0).contains(reason), result.err());
    assertTrue(warnings.get(0).contains("-Deigengrad.simd=scalar silences"), result.err());
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
