package eigengrad.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InverseGapTest {
  private static final double[] RATIOS = {
    -0.999, -0.5, -1e-9, 0, 1e-12, 0.1, 0.5, 0.85, 0.99, 1 - 1e-9, 1 - 1e-15
  };

  /** The explicit K-term series, summed from its smallest term. */
  private static double series(int terms, double leading, double other) {
    double sum = 0;
    for (int k = terms - 1; k >= 0; k--) {
      sum += Math.pow(other / leading, k);
    }
    return sum / leading;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 19, 20, 100})
  void powerIteration_anyRatio_equalsTheExplicitSum(int terms) {
    InverseGap rule = InverseGap.powerIteration(terms);
    for (double ratio : RATIOS) {
      for (double leading : new double[] {1, -3, 0x1p40, 0x1p-40}) {
        double expected = series(terms, leading, ratio * leading);
        // Alternating terms cancel among themselves; the closed form does not.
        double scale = Math.abs(ratio < 0 ? terms / leading : expected);
        assertEquals(
            expected,
            rule.between(leading, ratio * leading),
            1e-12 * scale,
            "K = " + terms + ", q = " + ratio);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 19, 20})
  void powerIteration_relativeErrorToAnalytic_isTheRatioToThePowerK(int terms) {
    for (double ratio : new double[] {0.1, 0.5, 0.85, 0.99}) {
      double exact = InverseGap.analytic().between(2, 2 * ratio);
      double error = 1 - InverseGap.powerIteration(terms).between(2, 2 * ratio) / exact;
      double expected = Math.pow(ratio, terms);
      assertEquals(expected, error, Math.max(1e-10 * expected, 1e-13));
    }
  }

  @Test
  void everyRule_anyPair_isExactlyAntisymmetric() {
    for (InverseGap rule :
        new InverseGap[] {
          InverseGap.analytic(), InverseGap.powerIteration(19), InverseGap.powerIteration(20)
        }) {
      for (double a : new double[] {-2, -1, -1e-300, 1e-300, 0.3, 1, Math.nextUp(1.0), 2, 1e300}) {
        for (double b : new double[] {-2, -1, 1e-300, 0.3, 1, 2}) {
          if (a != b) {
            assertEquals(0, rule.between(a, b) + rule.between(b, a), a + ", " + b);
          }
        }
      }
    }
  }

  @Test
  void powerIteration_anyPair_isBoundedByTermsOverLeading() {
    InverseGap rule = InverseGap.powerIteration(19);
    for (double ratio : RATIOS) {
      assertTrue(Math.abs(rule.between(0.5, 0.5 * ratio)) <= 19 / 0.5 * (1 + 1e-12));
    }
    assertEquals(19 / 0.5, rule.between(0.5, Math.nextDown(0.5)), 1e-10);
  }

  @Test
  void powerIteration_exactTie_isZero() {
    InverseGap rule = InverseGap.powerIteration(19);
    assertEquals(0, rule.between(3, 3));
    assertEquals(0, rule.between(0, 0));
  }

  @Test
  void powerIteration_zeroBesideSomething_isTheAnalyticValue() {
    assertEquals(0.25, InverseGap.powerIteration(7).between(4, 0), 1e-16);
    assertEquals(-0.25, InverseGap.powerIteration(7).between(0, 4), 1e-16);
  }

  @Test
  void analytic_exactTie_isNotFinite() {
    assertFalse(Double.isFinite(InverseGap.analytic().between(1, 1)));
  }

  @Test
  void powerIteration_noTerms_isRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> InverseGap.powerIteration(0));
    assertEquals("terms K must be ≥ 1, got 0", refusal.getMessage());
  }
}
