package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;
import java.util.SplittableRandom;

/** Matrices made from a seed: the same in every JVM with the same kernels. */
final class TestMatrices {
  private static final int CLUSTERS = 4;
  private static final double CLUSTER_WIDTH = 1e-14;
  private static final int SAMPLES_PER_FEATURE = 2;
  private static final double SMALLEST_SCALE = 1e-4;

  private TestMatrices() {}

  /** Independent standard normal elements. */
  static double[] normal(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = new double[rows * columns];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextGaussian();
    }
    return a;
  }

  /** Standard normal elements, the upper triangle a copy of the lower. */
  static double[] symmetric(int n, long seed) {
    return mirrored(n, normal(n, n, seed));
  }

  /**
   * QΛQᵀ with λⱼ within 1e-14, relatively, of 1, 2, 3 or 4; Q are the eigenvectors of a random
   * matrix, which are uniformly distributed.
   */
  static double[] clustered(int n, long seed) {
    double[] q =
        SymmetricEigen.decompose(DenseMatrix.of(n, n, symmetric(n, seed))).vectors().toArray();
    SplittableRandom random = new SplittableRandom(seed + 1);
    double[] scaled = q.clone();
    for (int j = 0; j < n; j++) {
      double value = (1 + j % CLUSTERS) * (1 + CLUSTER_WIDTH * random.nextDouble());
      for (int i = 0; i < n; i++) {
        scaled[i + j * n] *= value;
      }
    }
    return mirrored(n, timesTransposed(n, n, 1, scaled, q));
  }

  /** XXᵀ/m of m = 2n samples, feature i scaled by 10^(−4i/n). */
  static double[] covariance(int n, long seed) {
    int samples = SAMPLES_PER_FEATURE * n;
    double[] x = normal(n, samples, seed);
    for (int i = 0; i < n; i++) {
      double scale = Math.pow(SMALLEST_SCALE, (double) i / n);
      for (int j = 0; j < samples; j++) {
        x[i + j * n] *= scale;
      }
    }
    return mirrored(n, timesTransposed(n, samples, 1.0 / samples, x, x));
  }

  private static double[] timesTransposed(int n, int k, double factor, double[] a, double[] b) {
    double[] c = new double[n * n];
    new Gemm().multiply(Transpose.NO, Transpose.YES, n, n, k, factor, a, b, 0, c);
    return c;
  }

  private static double[] mirrored(int n, double[] a) {
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        a[j + i * n] = a[i + j * n];
      }
    }
    return a;
  }
}
