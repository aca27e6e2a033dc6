package eigengrad.bench.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds on means are five standard deviations of the mean. */
final class CovariancesTest {
  private static final int DRAWS = 20_000;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2.5, 1000})
  void gamma_anyShape_hasItsMeanAndVariance(double shape) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = Covariances.gamma(shape, random);
      sum += x;
      squares += (x - shape) * (x - shape);
    }
    assertEquals(shape, sum / DRAWS, 5 * Math.sqrt(shape / DRAWS));
    double varianceOfSquare = 2 * shape * shape + 6 * shape;
    assertEquals(shape, squares / DRAWS, 5 * Math.sqrt(varianceOfSquare / DRAWS));
  }

  /** E M = I, var Mᵢᵢ = 2/N, var Mᵢⱼ = 1/N. */
  @Test
  void isotropic_manyDraws_haveTheMomentsOfASampleCovariance() {
    int n = 3;
    int samples = 10;
    double[] mean = new double[n * n];
    double[] variance = new double[n * n];
    for (int draw = 0; draw < DRAWS; draw++) {
      DenseMatrix m = Covariances.isotropic(n, samples, random);
      for (int e = 0; e < n * n; e++) {
        double expected = e % (n + 1) == 0 ? 1 : 0;
        mean[e] += m.columnMajor()[e] / DRAWS;
        variance[e] += Math.pow(m.columnMajor()[e] - expected, 2) / DRAWS;
      }
    }
    for (int e = 0; e < n * n; e++) {
      boolean diagonal = e % (n + 1) == 0;
      double expected = (diagonal ? 2.0 : 1.0) / samples;
      assertEquals(diagonal ? 1 : 0, mean[e], 5 * Math.sqrt(expected / DRAWS));
      assertEquals(expected, variance[e], 0.1 * expected);
    }
  }

  @Test
  void withSpectrum_anyValues_hasThem() {
    double[] values = {0.5, 1, 1, 3};
    DenseMatrix m = Covariances.withSpectrum(values, random);
    double[] computed = SymmetricEigen.values(m);
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], computed[i], 1e-14);
    }
    assertTrue(Math.abs(m.get(1, 0)) > 1e-3);
  }
}
