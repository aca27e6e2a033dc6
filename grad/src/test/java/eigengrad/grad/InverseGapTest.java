package eigengrad.grad;

import static eigengrad.grad.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InverseGapTest {
  /** ‖M‖₂: the rules without a tolerance do not look at it. */
  private static final double NORM = Double.NaN;

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
            rule.between(leading, ratio * leading, NORM),
            1e-12 * scale,
            "K = " + terms + ", q = " + ratio);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 19, 20})
  void powerIteration_relativeErrorToAnalytic_isTheRatioToThePowerK(int terms) {
    for (double ratio : new double[] {0.1, 0.5, 0.85, 0.99}) {
      double exact = InverseGap.analytic().between(2, 2 * ratio, NORM);
      double error = 1 - InverseGap.powerIteration(terms).between(2, 2 * ratio, NORM) / exact;
      double expected = Math.pow(ratio, terms);
      assertEquals(expected, error, Math.max(1e-10 * expected, 1e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void everyRule_anyPair_isExactlyAntisymmetric(InverseGap rule) {
    for (double a : new double[] {-2, -1, -1e-300, 1e-300, 0.3, 1, Math.nextUp(1.0), 2, 1e300}) {
      for (double b : new double[] {-2, -1, 1e-300, 0.3, 1, 2}) {
        double norm = Math.max(Math.abs(a), Math.abs(b));
        if (a != b) {
          assertEquals(0, rule.between(a, b, norm) + rule.between(b, a, norm), a + ", " + b);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void boundedRule_anyPair_isWithinItsBound(InverseGap rule) {
    for (double ratio : RATIOS) {
      double bound = rule.bound(0.5, 2);
      assertTrue(Double.isFinite(bound));
      assertTrue(Math.abs(rule.between(0.5, 0.5 * ratio, 2)) <= bound * (1 + 1e-12));
      assertTrue(Math.abs(rule.between(-0.5, -0.5 * ratio, 2)) <= bound * (1 + 1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void boundedRule_exactTie_isZero(InverseGap rule) {
    assertEquals(0, rule.between(3, 3, 3));
    assertEquals(0, rule.between(3, 3, 5));
    assertEquals(0, rule.between(0, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void everyRule_scaledByAPowerOfTwo_scalesInversely(InverseGap rule) {
    for (double ratio : RATIOS) {
      double plain = rule.between(0.5, 0.5 * ratio, 2);
      for (double c : new double[] {0x1p40, 0x1p-40}) {
        assertEquals(plain, c * rule.between(0.5 * c, 0.5 * ratio * c, 2 * c), 1e-15 * plain);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void everyRule_separatedPair_isCloseToAnalytic(InverseGap rule) {
    assertEquals(1 / 1.8, rule.between(2, 0.2, 2), 1e-3);
    assertEquals(1 / 2.1, rule.between(2, -0.1, 2), 1e-3);
  }

  @Test
  void taylor_degreeK_isTheSumOfOneTermMore() {
    assertEquals(InverseGap.powerIteration(20), InverseGap.taylor(19));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 18, 100})
  void pade_relativeError_isKnownAndBelowTaylors(int degree) {
    for (double ratio : new double[] {0.1, 0.5, 0.85, 0.99, 1 - 1e-6}) {
      double exact = 1 / (2 - 2 * ratio);
      double error = 1 - InverseGap.pade(degree).between(2, 2 * ratio, NORM) / exact;
      double next = Math.pow(ratio, degree + 1);
      double expected = next / (degree * (1 - ratio) + Math.pow(ratio, degree));
      assertEquals(expected, error, 1e-9 * expected + 1e-13);
      assertTrue(error <= next * (1 + 1e-9) + 1e-13, error + " at " + ratio);
    }
    double nearTie = InverseGap.pade(degree).between(0.5, Math.nextDown(0.5), NORM);
    assertEquals((degree + 1) / 0.5, nearTie, 1e-9);
  }

  @Test
  void clipped_gapBelowTheLimit_isCut() {
    InverseGap rule = InverseGap.clipped(100);
    assertEquals(1 / 0.25, rule.between(1, 0.75, 2));
    assertEquals(50, rule.between(1, 1 - 0x1p-20, 2));
    assertEquals(-50, rule.between(1 - 0x1p-20, 1, 2));
  }

  @Test
  void lorentzian_anyGap_isItsFormula() {
    InverseGap rule = InverseGap.lorentzian(1e-3);
    for (double gap : new double[] {1, 1e-2, 2e-3, 1e-6}) {
      double a = 1;
      double b = a - gap;
      double exactGap = a - b;
      double width = 2e-3;
      assertEquals(
          exactGap / (exactGap * exactGap + width * width),
          rule.between(a, b, 2),
          1e-12 * rule.bound(a, 2));
    }
    assertEquals(rule.bound(1, 2), rule.between(1, 1 - 2e-3, 2), 1e-9);
    assertEquals(1e-300, rule.between(1e300, 0, 1e300), 1e-305);
  }

  @Test
  void powerIteration_anyPair_isBoundedByTermsOverLeading() {
    InverseGap rule = InverseGap.powerIteration(19);
    for (double ratio : RATIOS) {
      assertTrue(Math.abs(rule.between(0.5, 0.5 * ratio, NORM)) <= 19 / 0.5 * (1 + 1e-12));
    }
    assertEquals(19 / 0.5, rule.between(0.5, Math.nextDown(0.5), NORM), 1e-10);
  }

  @Test
  void powerIteration_zeroBesideSomething_isTheAnalyticValue() {
    assertEquals(0.25, InverseGap.powerIteration(7).between(4, 0, NORM), 1e-16);
    assertEquals(-0.25, InverseGap.powerIteration(7).between(0, 4, NORM), 1e-16);
  }

  @Test
  void analytic_exactTie_isNotFinite() {
    assertFalse(Double.isFinite(InverseGap.analytic().between(1, 1, NORM)));
  }

  @Test
  void everyRule_badParameter_isRefused() {
    assertRefused("terms K must be ≥ 1, got 0", () -> InverseGap.powerIteration(0));
    assertRefused("got 0", () -> InverseGap.taylor(0));
    assertRefused("got 2147483647", () -> InverseGap.taylor(Integer.MAX_VALUE));
    assertRefused("degree K must be ≥ 1, got 0", () -> InverseGap.pade(0));
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused("limit must be positive and finite", () -> InverseGap.clipped(bad));
      assertRefused("epsilon must be positive and finite", () -> InverseGap.lorentzian(bad));
    }
  }
}
