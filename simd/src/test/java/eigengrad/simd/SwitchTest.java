package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The turn from plain loops to compiled SIMD kernels, in JVMs that have just started. What does not
 * depend on the width is tried once.
 */
class SwitchTest {
  @Test
  void everyKernel_acrossTheTurn_keepsItsBits() {
    assertEquals(
        Kernels.active().isVector() ? "loops, then vectors" : "loops, then loops", probe());
  }

  @Test
  @DisabledIfSystemProperty(named = Kernels.PROPERTY, matches = ".*")
  void warmUp_none_startsWithVectors() {
    String start = "-D" + Kernels.WARM_UP_PROPERTY + "=none";
    assertEquals(
        Kernels.active().isVector() ? "vectors, then vectors" : "loops, then loops", probe(start));
  }

  /** Vectors that are never compiled are never used. */
  @Test
  @DisabledIfSystemProperty(named = Kernels.PROPERTY, matches = ".*")
  void everyKernel_withoutC2_staysWithPlainLoops() {
    assertEquals("loops, then loops", probe("-Deigengrad.simd=auto", "-XX:TieredStopAtLevel=3"));
  }

  @Test
  @DisabledIfSystemProperty(named = Kernels.PROPERTY, matches = ".*")
  void warmUp_unknownRequest_throwsListingWhatIsKnown() {
    List<String> flags =
        List.of(ChildJvm.MODULE_FLAG, "-D" + Kernels.WARM_UP_PROPERTY + "=foreground");
    assertTrue(
        ChildJvm.run(SelectionProbe.class, flags)
            .out()
            .startsWith("eigengrad.simd.warmUp=foreground: expected background or none"));
  }

  private static String probe(String... more) {
    List<String> flags = new ArrayList<>(ChildJvm.flagsOfThisJvm());
    flags.addAll(List.of(more));
    ChildJvm.Result result = ChildJvm.run(SwitchProbe.class, flags);
    assertEquals(0, result.status(), result.err());
    return result.out();
  }
}
