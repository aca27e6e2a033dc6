package eigengrad.grad.internal.eigen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GapCoefficientsTest {
  private static final double[] VALUES = {
    -3, -2.5, -2.5, -1, -1e-9, 0, 0, 1e-12, 0.5, 1, 1, 1, 1 + 1e-15, 1 + 1e-9, 1.1, 2.5, 2.9, 3, 40
  };

  private static Eigendecomposition diagonal(double... values) {
    return Eigendecomposition.of(values, DenseMatrix.identity(values.length));
  }

  private static void requireAgreement(InverseGap rule, double tolerance) {
    int n = VALUES.length;
    GapCoefficients coefficients =
        new GapCoefficients(diagonal(VALUES), rule.withTieTolerance(0), Rounding.NONE);
    for (int j = 0; j < n; j++) {
      for (int[] range : new int[][] {{0, j}, {j + 1, n}}) {
        double[] column = coefficients.of(j, range[0], range[1]);
        for (int i = range[0]; i < range[1]; i++) {
          double a = Math.max(VALUES[i], VALUES[j]);
          double b = Math.min(VALUES[i], VALUES[j]);
          double expected = rule.between(a, b, 40);
          double scale = rule.bound(Math.max(Math.abs(a), Math.abs(b)), 40);
          assertEquals(expected, column[i], expected == 0 ? 0 : tolerance * scale, a + ", " + b);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 19, 20, 64, 100, 1000, 1 << 20})
  void of_powerIteration_agreesWithTheClosedForm(int terms) {
    requireAgreement(InverseGap.powerIteration(terms), Math.max(1e-14, terms * 0x1p-53));
  }

  @Test
  void of_powerIterationOfPositiveValues_isRelativelyAccurate() {
    double[] values = {1e-6, 0.01, 0.3, 0.5, 0.85, 0.99, 0.999999, 1};
    InverseGap rule = InverseGap.powerIteration(19);
    double[] column = new GapCoefficients(diagonal(values), rule, Rounding.NONE).of(7, 0, 7);
    for (int i = 0; i < 7; i++) {
      double expected = rule.between(1, values[i], 1);
      assertEquals(expected, column[i], 1e-14 * expected);
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#boundedRules")
  void of_boundedRule_isTheRule(InverseGap rule) {
    requireAgreement(rule, 1e-14);
  }

  @Test
  void of_hugeAndTinyValues_neitherOverflowNorVanish() {
    for (double scale : new double[] {1e300, 1e-300}) {
      double[] values = {-scale, 0.5 * scale, scale};
      double[] column =
          new GapCoefficients(diagonal(values), InverseGap.powerIteration(2), Rounding.NONE)
              .of(2, 0, 2);
      assertEquals(0, column[0]);
      assertEquals(1.5, column[1] * scale, 1e-15);
    }
  }

  /** Two values of a batch and of one matrix, as close to opposite as doubles can be. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 19, 20, 64})
  void of_nearlyOppositeValues_isRelativelyAccurate(int terms) {
    InverseGap rule = InverseGap.powerIteration(terms);
    for (double value : new double[] {4.9e-39, 1, 1.7e308}) {
      for (double other : new double[] {value, Math.nextUp(value), value * (1 + 1e-12)}) {
        double[] column =
            new GapCoefficients(diagonal(-value, other), rule, Rounding.NONE).of(0, 1, 2);
        double expected = rule.between(other, -value, other);
        assertTrue(expected > 0 || other == value || value > 1);
        double tolerance = 1e-14 * expected + Double.MIN_VALUE;
        assertEquals(expected, column[1], tolerance, value + ", " + other);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("eigengrad.grad.Samples#rules")
  void of_valuesWithinTheTolerance_isZero(InverseGap rule) {
    double[] values = {-2, -2 + 0x1p-50, 1, 1 + 0x1p-50, 1 + 0x1p-49, 2, 4};
    double step = 0x1p-52;
    for (InverseGap tolerant : new InverseGap[] {rule, rule.withTieTolerance(step)}) {
      GapCoefficients coefficients = new GapCoefficients(diagonal(values), tolerant, Rounding.NONE);
      assertEquals(0, coefficients.of(0, 1, 7)[1]);
      // Joined by steps, though the first and the last of the three are further apart than one.
      double[] column = coefficients.of(2, 3, 7);
      assertEquals(0, column[3]);
      assertEquals(0, column[4]);
      assertEquals(rule.between(2, 1, 4), column[5], 1e-14);
    }
    InverseGap exact = rule.withTieTolerance(Math.nextDown(step));
    double[] column = new GapCoefficients(diagonal(values), exact, Rounding.NONE).of(2, 3, 7);
    assertTrue(column[3] != 0 && column[4] != 0);
  }

  @Test
  void of_overflow_namesThePairAndWhatHelps() {
    InverseGap[] rules = {
      InverseGap.analytic(), InverseGap.powerIteration(19), InverseGap.clipped(1e4)
    };
    for (InverseGap rule : rules) {
      GapCoefficients coefficients =
          new GapCoefficients(diagonal(1e-310, 2e-310), rule, Rounding.NONE);
      NonFiniteException failure =
          assertThrows(NonFiniteException.class, () -> coefficients.of(1, 0, 1));
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("0 and 1, 1.0E-310 and 2.0E-310"), message);
      assertTrue(message.contains("scale the matrix up"), message);
    }
  }

  @Test
  void of_float32_isRounded() {
    double[] column =
        new GapCoefficients(diagonal(1, 1.3), InverseGap.analytic(), Rounding.TO_FLOAT).of(0, 1, 2);
    assertEquals((float) (1 / (1.3 - 1)), column[1]);
  }
}
