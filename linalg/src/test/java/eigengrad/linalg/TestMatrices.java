package eigengrad.linalg;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Matrices for the tests of this module, from a seed. */
public final class TestMatrices {
  /** LAPACK's test suite passes at 60; ours at half of that. */
  static final double RATIO_LIMIT = 30;

  private TestMatrices() {}

  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Elements uniform in (−1, 1). */
  public static DenseMatrix uniform(int n, long seed) {
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

  /** The Q factor of a Gaussian matrix: uniform over the orthogonal group. */
  static DenseMatrix orthogonal(int n, long seed) {
    RandomGenerator random = random(seed);
    double[] q = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        q[i + j * n] = random.nextGaussian();
      }
      // Twice is enough for orthogonality to working precision.
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          addMultiple(n, q, j, k, -dot(n, q, j, k));
        }
      }
      double norm = Math.sqrt(dot(n, q, j, j));
      for (int i = 0; i < n; i++) {
        q[i + j * n] /= norm;
      }
    }
    return DenseMatrix.wrap(n, n, q);
  }

  private static double dot(int n, double[] q, int j, int k) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += q[i + j * n] * q[i + k * n];
    }
    return sum;
  }

  private static void addMultiple(int n, double[] q, int j, int k, double factor) {
    for (int i = 0; i < n; i++) {
      q[i + j * n] += factor * q[i + k * n];
    }
  }

  /** QΛQᵀ, exactly symmetric. */
  static DenseMatrix withSpectrum(double[] values, long seed) {
    return similar(orthogonal(values.length, seed), DenseMatrix.diagonal(values));
  }

  /** QBQᵀ, exactly symmetric. */
  static DenseMatrix similar(DenseMatrix q, DenseMatrix b) {
    return q.times(b).times(q.transpose()).symmetricPart();
  }

  /** All but a few eigenvalues are 1, up to rounding: in the end, QL has to solve it. */
  static DenseMatrix clustered(int n) {
    double[] u = random(n).doubles(n, -1, 1).toArray();
    double[] elements = uniform(n, n).times(1e-13).columnMajor().clone();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        elements[i + j * n] += u[i] * u[j] + (i == j ? 1 : 0);
      }
    }
    return DenseMatrix.of(n, n, elements);
  }
}
