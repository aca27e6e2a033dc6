package eigengrad.linalg;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Matrices for the tests of this module, from a seed. */
final class TestMatrices {
  /** LAPACK's test suite passes at 60; ours at half of that. */
  static final double RATIO_LIMIT = 30;

  private TestMatrices() {}

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Elements uniform in (−1, 1). */
  static DenseMatrix uniform(int n, long seed) {
    RandomGenerator random = random(seed);
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        a[i + j * n] = random.nextDouble(-1, 1);
        a[j + i * n] = a[i + j * n];
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  /** Orthogonal: the Q of a random reflector product, applied to the identity. */
  static DenseMatrix orthogonal(int n, long seed) {
    RandomGenerator random = random(seed);
    double[] q = DenseMatrix.identity(n).toArray();
    for (int k = 0; k < Math.min(n, 12); k++) {
      double[] v = new double[n];
      double square = 0;
      for (int i = 0; i < n; i++) {
        v[i] = random.nextGaussian();
        square += v[i] * v[i];
      }
      for (int j = 0; j < n; j++) {
        double dot = 0;
        for (int i = 0; i < n; i++) {
          dot += v[i] * q[i + j * n];
        }
        for (int i = 0; i < n; i++) {
          q[i + j * n] -= 2 * dot / square * v[i];
        }
      }
    }
    return DenseMatrix.wrap(n, n, q);
  }

  /** QΛQᵀ, exactly symmetric. */
  static DenseMatrix withSpectrum(double[] values, long seed) {
    DenseMatrix q = orthogonal(values.length, seed);
    return q.times(DenseMatrix.diagonal(values)).times(q.transpose()).symmetricPart();
  }
}
