package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a JVM's properties and flags say of its compiler. */
class JvmTest {
  private static final String OPENJDK = "OpenJDK 64-Bit Server VM";
  private static final String MIXED = "mixed mode, sharing";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          OpenJDK 64-Bit Server VM, 21.0.2+13
          OpenJDK 64-Bit Server VM, 25.0.3+9-LTS
          Java HotSpot(TM) 64-Bit Server VM, 26+35
          """)
  void obstacle_hotSpotWithC2_isNone(String name, String version) {
    assertNull(new Jvm(name, version, MIXED, Map.of()).obstacle());
    assertNull(new Jvm(name, version, "mixed mode", Map.of("TieredStopAtLevel", "4")).obstacle());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Eclipse OpenJ9 VM          | openj9-0.53     | JRE 25 Linux amd64-64-Bit | Eclipse OpenJ9 VM
          Zing 64-Bit Tiered VM      | 25-zing         | mixed mode                | Zing
          Substrate VM               | 25              | static mode               | Substrate VM
          OpenJDK Client VM          | 25              | mixed mode                | Client VM
          OpenJDK 64-Bit Zero VM     | 25              | interpreted mode          | Zero VM
          OpenJDK 64-Bit Server VM   | 25              | interpreted mode, sharing | -Xint
          OpenJDK 64-Bit Server VM   | 25              | compiled mode, sharing    | -Xcomp
          OpenJDK 64-Bit Server VM   | 25              | mixed mode, emulated-client, sharing | C2
          OpenJDK 64-Bit Server VM   | 25+37-jvmci-b01 | mixed mode, sharing       | Graal
          """)
  void obstacle_otherVmOrMode_namesIt(String name, String version, String mode, String named) {
    String obstacle = new Jvm(name, version, mode, Map.of()).obstacle();
    assertTrue(obstacle != null && obstacle.contains(named), obstacle);
  }

  @ParameterizedTest
  @CsvSource({
    "TieredStopAtLevel, 1, C2",
    "TieredStopAtLevel, 2, C2",
    "TieredStopAtLevel, 3, C2",
    "UseCompiler, false, interprets",
    "UseJVMCICompiler, true, Graal",
    "EnableVectorSupport, false, -XX:-EnableVectorSupport",
    "UseFMA, false, fused multiply-add",
  })
  void obstacle_flagThatSlowsVectors_namesWhatToLeaveOut(String flag, String value, String named) {
    String obstacle = new Jvm(OPENJDK, "25", MIXED, Map.of(flag, value)).obstacle();
    assertTrue(obstacle != null && obstacle.contains(named), obstacle);
  }

  @Test
  void obstacle_flagWithoutEffect_isNone() {
    assertNull(
        new Jvm(
                OPENJDK,
                "25",
                MIXED,
                Map.of("TieredStopAtLevel", "1", "TieredCompilation", "false"))
            .obstacle());
    assertNull(
        new Jvm(OPENJDK, "25+37-jvmci-b01", MIXED, Map.of("UseJVMCICompiler", "false")).obstacle());
  }

  @Test
  void isFast_thisProcessor_isWhatItsFlagSays() {
    String flag = HotSpotFlags.read().get("UseFMA");
    assertNotNull(flag);
    assertEquals(Boolean.valueOf(flag), FusedMultiplyAdd.isFast());
  }
}
