package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class WhiteningSampleTest {
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);

  /** Condition 2²¹, more than covariances of a network with ε = 1e-4 have; ties among the small. */
  @Test
  void truth_conditionOfAMillion_isRightToTenDigits() {
    double[] values = {1, 0x1p-3, 0x1p-6, 0x1p-9, 0x1p-12, 0x1p-21, 0x1p-21, 0x1p-21};
    for (int draw = 0; draw < 20; draw++) {
      TiedMatrix known = TiedMatrix.withSpectrum(values, random);
      DenseMatrix s = Covariances.gaussian(TiedMatrix.ORDER, random);
      WhiteningSample sample = WhiteningSample.of(known.matrix(), s, 0);
      DenseMatrix truth = known.spectrum().gradient(InverseRoot.WHOLE, s, Precision.FLOAT64);
      double error = sample.truth().minus(truth).frobeniusNorm() / truth.frobeniusNorm();
      assertTrue(error < 1e-9, () -> "error " + error);
    }
  }

  /**
   * What deflation leaves of an eigenvalue may be negative: such a vector is dropped, not fatal.
   */
  @Test
  void error_powerIterationOfCrowdedEigenvalues_dropsWhatItCannotInvert() {
    double[] values = new double[32];
    Arrays.fill(values, 1e-4);
    for (int i = 0; i < 8; i++) {
      values[i] = 1 - 0.01 * i;
    }
    DenseMatrix m = Covariances.withSpectrum(values, random);
    WhiteningSample sample = WhiteningSample.of(m, Covariances.gaussian(32, random), 1e-4);
    assertFalse(sample.error(Route.PI, Precision.FLOAT64, 1).gone());
  }

  @Test
  void isMeasured_routes_areAllButTheTruthItself() {
    assertFalse(WhiteningSample.isMeasured(Route.EXACT, Precision.FLOAT64));
    assertTrue(WhiteningSample.isMeasured(Route.EXACT, Precision.FLOAT32));
    assertEquals(
        Route.values().length - 1,
        Arrays.stream(Route.values())
            .filter(route -> WhiteningSample.isMeasured(route, Precision.FLOAT64))
            .count());
  }
}
