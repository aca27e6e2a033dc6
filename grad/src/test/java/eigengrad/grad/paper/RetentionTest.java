package eigengrad.grad.paper;

import static eigengrad.grad.Samples.gaussian;
import static eigengrad.grad.Samples.withSpectrum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  private static final double EPSILON = 0.1;

  /** How many of the values are kept, exact or not, of a covariance with the exact ones. */
  private static int kept(Retention rule, double epsilon, double[] exact, double... values) {
    return rule.count(values, withSpectrum(exact.length, exact), epsilon);
  }

  private static int kept(Retention rule, double... values) {
    return kept(rule, EPSILON, values, values);
  }

  @Test
  void count_all_isAll() {
    assertEquals(4, kept(Retention.ALL, 5, 3, 1, 0.05));
  }

  @Test
  void count_aboveEpsilon_endsWithTheFirstBelowOrOutOfOrder() {
    assertEquals(3, kept(Retention.ABOVE_EPSILON, 5, 3, 1, 0.05));
    assertEquals(2, kept(Retention.ABOVE_EPSILON, 5, 2, 3));
    assertEquals(1, kept(Retention.ABOVE_EPSILON, 0.01, 0.01));
    assertEquals(0, Retention.ABOVE_EPSILON.count(new double[0], DenseMatrix.diagonal(1), EPSILON));
  }

  @Test
  void count_energy_keepsTheVectorThatReachesItsShare() {
    // 8 of 9.05 is below 90 %, 9 above: three.
    assertEquals(3, kept(Retention.ENERGY, 5, 3, 1, 0.05));
    assertEquals(1, kept(Retention.ENERGY, 5, 0.1));
    double[] large = {40, 10};
    assertEquals(1, kept(Retention.ENERGY, EPSILON, large, 5, 0.1, 4));
    assertEquals(2, kept(Retention.ENERGY, EPSILON, large, 5, 2, 3));
    assertEquals(1, kept(Retention.ENERGY, 0.01));
    // 12 + 3 is just 1 − 1/16 of 16.
    DenseMatrix covariance = DenseMatrix.diagonal(12, 3, 1);
    assertEquals(2, Retention.ENERGY.count(new double[] {12, 3, 1}, covariance, 0x1p-4));
  }

  @Test
  void count_authorsCode_dropsTheVectorThatReachesItsShare() {
    assertEquals(2, kept(Retention.AUTHORS_CODE, 5, 3, 1, 0.05));
    assertEquals(3, kept(Retention.AUTHORS_CODE, 1e-4, new double[] {1, 1, 1, 1}, 1, 1, 1, 1));
    assertEquals(0, kept(Retention.AUTHORS_CODE, 1));
    // 12 + 3 is just 1 − 1/16 of 16.
    DenseMatrix covariance = DenseMatrix.diagonal(12, 3, 1);
    assertEquals(1, Retention.AUTHORS_CODE.count(new double[] {12, 3, 1}, covariance, 0x1p-4));
    // Below ε of a spectrum whose energy is spread.
    double[] flat = {0.3, 0.3, 0.3, 0.08, 0.08, 0.08, 0.08};
    assertEquals(3, kept(Retention.AUTHORS_CODE, flat));
  }

  @Test
  void count_authorsCode_endsWithTheFirstValueFarFromTheExactOne() {
    double[] exact = {5, 3, 2, 1};
    assertEquals(3, kept(Retention.AUTHORS_CODE, 1e-4, exact, 5, 3.2, 1.9, 1));
    assertEquals(1, kept(Retention.AUTHORS_CODE, 1e-4, exact, 5, 3.4, 2, 1));
    assertEquals(1, kept(Retention.AUTHORS_CODE, 1e-4, exact, 5, 2.6, 2, 1));
    assertEquals(2, kept(Retention.AUTHORS_CODE, 1e-4, exact, 5, 3, -2, 1));
    assertEquals(0, kept(Retention.AUTHORS_CODE, 1e-4, exact, Double.NaN, 3, 2, 1));
    assertEquals(2, kept(Retention.AUTHORS_CODE, 1e-4, exact, 5, 3));
  }

  /** Four channels, white: the layer whitens three directions and loses one. */
  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void forward_authorsCodeOnWellConditionedData_losesOneDirection(int channels) {
    DenseMatrix x = gaussian(channels, 500, 1);
    for (Retention retention : new Retention[] {Retention.ENERGY, Retention.AUTHORS_CODE}) {
      DenseMatrix y =
          new ZcaWhitening(
                  WhiteningSettings.of(channels, channels),
                  new EigenInverseSquareRoot(
                      DifferentiableEigen.authorsCode(19, Precision.FLOAT64), retention))
              .forward(x)
              .output();
      DenseMatrix covariance = y.times(y.transpose()).times(1.0 / 500);
      double trace = 0;
      for (int i = 0; i < channels; i++) {
        trace += covariance.get(i, i);
      }
      int directions = retention == Retention.ENERGY ? channels : channels - 1;
      assertEquals(directions, trace, 1e-3 * channels);
    }
  }
}
