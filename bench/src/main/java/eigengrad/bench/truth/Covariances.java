package eigengrad.bench.truth;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.random.RandomGenerator;

/** Random symmetric matrices and covariances. */
final class Covariances {
  private Covariances() {}

  /** A symmetric matrix, independent normal elements on and below its diagonal. */
  static DenseMatrix gaussian(int n, RandomGenerator random) {
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        a[i + j * n] = random.nextGaussian();
        a[j + i * n] = a[i + j * n];
      }
    }
    return DenseMatrix.wrap(n, n, a);
  }

  /**
   * The sample covariance of independent standard normal channels, LLᵀ/N with L lower triangular:
   * Lᵢᵢ² is χ² distributed with N − i degrees of freedom, i counted from 0, and what lies below the
   * diagonal is normal. Source: M. S. Bartlett, 1933; R. J. Muirhead, <i>Aspects of Multivariate
   * Statistical Theory</i>, 1982, theorem 3.2.14.
   *
   * @param n channels
   * @param samples N ≥ n
   * @param random source
   */
  static DenseMatrix isotropic(int n, long samples, RandomGenerator random) {
    double[] l = new double[n * n];
    for (int j = 0; j < n; j++) {
      l[j + j * n] = Math.sqrt(2 * gamma((samples - j) / 2.0, random));
      for (int i = j + 1; i < n; i++) {
        l[i + j * n] = random.nextGaussian();
      }
    }
    DenseMatrix factor = DenseMatrix.wrap(n, n, l);
    return factor.times(factor.transpose()).times(1.0 / samples).symmetricPart();
  }

  /**
   * A gamma distributed number of scale 1. Source: G. Marsaglia and W. W. Tsang, <i>A Simple Method
   * for Generating Gamma Variables</i>, ACM TOMS 26 (2000).
   *
   * @param shape at least ½
   */
  static double gamma(double shape, RandomGenerator random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** QΛQᵀ with Q drawn uniformly: the eigenvectors of a {@link #gaussian} matrix. */
  static DenseMatrix withSpectrum(double[] values, RandomGenerator random) {
    int n = values.length;
    DenseMatrix q = SymmetricEigen.decompose(orthogonalEnsemble(n, random)).vectors();
    return q.times(DenseMatrix.diagonal(values)).times(q.transpose()).symmetricPart();
  }

  /** Diagonal elements of variance 2: then its distribution does not depend on the basis. */
  private static DenseMatrix orthogonalEnsemble(int n, RandomGenerator random) {
    double[] a = gaussian(n, random).toArray();
    for (int i = 0; i < n; i++) {
      a[i + i * n] *= Math.sqrt(2);
    }
    return DenseMatrix.wrap(n, n, a);
  }
}
