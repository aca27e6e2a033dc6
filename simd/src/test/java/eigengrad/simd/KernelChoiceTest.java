package eigengrad.simd;

import static eigengrad.simd.Platform.VectorApi.LEFT_OUT;
import static eigengrad.simd.Platform.VectorApi.MISSING;
import static eigengrad.simd.Platform.VectorApi.PRESENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.simd.KernelSelection.Choice;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The choice of kernels as a function of what is known of the platform. */
class KernelChoiceTest {
  private static final String OPENJDK = "OpenJDK 64-Bit Server VM";
  private static final String MIXED = "mixed mode, sharing";

  private static final Map<String, String> FLAGS =
      Map.of("TieredCompilation", "true", "TieredStopAtLevel", "4", "UseCompiler", "true");

  private static Jvm jvm(String flag, String value) {
    Map<String, String> flags = new HashMap<>(FLAGS);
    flags.put(flag, value);
    return new Jvm(OPENJDK, "25+36", MIXED, flags);
  }

  private static Jvm named(String name, String version, String mode) {
    return new Jvm(name, version, mode, Map.of());
  }

  private static Choice choose(String request, Jvm jvm) {
    return KernelSelection.choose(request, () -> new Platform(jvm, PRESENT, 256, true));
  }

  @Test
  void choose_jvmsThatCompileVectors_isVectorInSilence() {
    for (Jvm jvm :
        new Jvm[] {
          new Jvm(OPENJDK, "25+36", MIXED, FLAGS),
          named(OPENJDK, "25+36", MIXED),
          named("Java HotSpot(TM) 64-Bit Server VM", "26+35", "mixed mode"),
          jvm("UseJVMCICompiler", "false"),
          new Jvm(OPENJDK, "25+37-jvmci-b01", MIXED, FLAGS),
          new Jvm(
              OPENJDK, "25", MIXED, Map.of("TieredStopAtLevel", "1", "TieredCompilation", "false")),
        }) {
      assertEquals(new Choice(true, null), choose("auto", jvm), jvm::toString);
      assertEquals(new Choice(true, null), choose("256", jvm), jvm::toString);
    }
  }

  /** By what the warning must name. */
  private static Map<Jvm, String> obstacles() {
    Map<Jvm, String> obstacles = new LinkedHashMap<>();
    obstacles.put(named("Eclipse OpenJ9 VM", "openj9-0.53", "JRE 25"), "Eclipse OpenJ9 VM");
    obstacles.put(named("Zing 64-Bit Tiered VM", "25", MIXED), "Zing");
    obstacles.put(named("Substrate VM", "25", "static mode"), "Substrate VM");
    obstacles.put(named("OpenJDK 64-Bit Zero VM", "25", "interpreted mode"), "Zero VM");
    obstacles.put(named(OPENJDK, "25", "interpreted mode, sharing"), "-Xint");
    obstacles.put(named(OPENJDK, "25", "compiled mode, sharing"), "-Xcomp");
    obstacles.put(named(OPENJDK, "25", "mixed mode, emulated-client"), "-XX:TieredStopAtLevel");
    obstacles.put(named(OPENJDK, "25+37-jvmci-b01", MIXED), "-XX:-UseJVMCICompiler");
    obstacles.put(jvm("UseJVMCICompiler", "true"), "-XX:-UseJVMCICompiler");
    obstacles.put(jvm("TieredStopAtLevel", "3"), "-XX:TieredStopAtLevel");
    obstacles.put(jvm("UseCompiler", "false"), "-XX:TieredStopAtLevel=0");
    obstacles.put(jvm("Inline", "false"), "-XX:-Inline");
    return obstacles;
  }

  @Test
  void choose_jvmsThatDoNot_isScalarOrWhatIsRequestedWithAWarning() {
    obstacles()
        .forEach(
            (jvm, named) -> {
              requireScalar(choose("auto", jvm), named);
              Choice requested = choose("512", jvm);
              assertTrue(requested.vector(), named);
              String warning = String.valueOf(requested.warning());
              assertTrue(warning.startsWith("eigengrad.simd=512: "), warning);
              assertTrue(warning.contains(named), warning);
              assertEquals(new Choice(false, null), choose("scalar", jvm));
            });
  }

  @Test
  void choose_noVectorsOrNoFusedMultiplyAdd_isScalarWhateverIsRequested() {
    Jvm good = jvm("UseFMA", "true");
    for (Platform platform :
        new Platform[] {
          new Platform(good, PRESENT, 64, true),
          new Platform(good, PRESENT, 512, false),
          new Platform(jvm("EnableVectorSupport", "false"), PRESENT, 512, true),
        }) {
      for (String request : new String[] {"auto", "128", "512"}) {
        requireScalar(KernelSelection.choose(request, () -> platform), "fused multiply-add");
      }
    }
  }

  @Test
  void choose_withoutTheModule_isScalarOrRefusedWithTheRemedyThatWorks() {
    Jvm good = new Jvm(OPENJDK, "25", MIXED, FLAGS);
    Platform leftOut = new Platform(good, LEFT_OUT, 0, false);
    Platform missing = new Platform(good, MISSING, 0, false);
    requireScalar(
        KernelSelection.choose("auto", () -> leftOut), "--add-modules jdk.incubator.vector");
    requireScalar(KernelSelection.choose("auto", () -> missing), "has no module");
    for (Platform platform : new Platform[] {leftOut, missing}) {
      assertThrows(
          IllegalStateException.class, () -> KernelSelection.choose("256", () -> platform));
    }
  }

  @Test
  void choose_widthBeyondTheProcessors_isVectorWithAWarning() {
    Jvm good = new Jvm(OPENJDK, "25", MIXED, FLAGS);
    assertNull(choose("128", good).warning());
    Choice wide = choose("512", good);
    assertTrue(wide.vector());
    assertEquals(
        "eigengrad.simd=512: this processor has 256-bit vectors, using those", wide.warning());
  }

  @Test
  void choose_scalar_asksNothingOfThePlatform() {
    Choice choice =
        KernelSelection.choose(
            "scalar",
            () -> {
              throw new AssertionError("asked");
            });
    assertEquals(new Choice(false, null), choice);
  }

  @Test
  void isFast_thisProcessor_isWhatItsFlagSays() {
    String flag = VmFlags.read().get("UseFMA");
    assertNotNull(flag);
    assertEquals(Boolean.valueOf(flag), FusedMultiplyAdd.isFast());
  }

  private static void requireScalar(Choice choice, String named) {
    assertEquals(false, choice.vector(), named);
    String warning = String.valueOf(choice.warning());
    assertTrue(warning.startsWith("running on scalar kernels: "), warning);
    assertTrue(warning.contains(named), warning);
    assertTrue(warning.endsWith("silence this warning with -Deigengrad.simd=scalar"), warning);
  }
}
