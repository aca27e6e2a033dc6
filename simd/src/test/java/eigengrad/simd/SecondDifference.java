package eigengrad.simd;

import java.util.Random;

/**
 * The symmetric tridiagonal matrix with zero diagonal and ½ beside it, whose eigenpairs are known:
 * λₖ = −cos(kπ/(n + 1)), k = 1 … n, with vector elements (−1)ⁱ·sin(ikπ/(n + 1)). Signs of the
 * off-diagonal elements are drawn at random, and offsets hold NaN.
 */
final class SecondDifference {
  final int n;
  final int offset;
  final double[] d;
  final double[] e;
  final double[] negatedSquares;

  SecondDifference(int n, int offset, Random random) {
    this.n = n;
    this.offset = offset;
    this.d = new double[n + 2 * offset];
    this.e = new double[n - 1 + 2 * offset];
    this.negatedSquares = new double[n - 1 + 2 * offset];
    java.util.Arrays.fill(d, Double.NaN);
    java.util.Arrays.fill(e, Double.NaN);
    java.util.Arrays.fill(negatedSquares, Double.NaN);
    for (int i = 0; i < n; i++) {
      d[offset + i] = 0;
      if (i < n - 1) {
        e[offset + i] = random.nextBoolean() ? 0.5 : -0.5;
        negatedSquares[offset + i] = -0.25;
      }
    }
  }

  /** Eigenvalue k of n, counted from 0, ascending. */
  double value(int k) {
    return -Math.cos((k + 1) * Math.PI / (n + 1));
  }

  /** (T − x)z at row i. */
  double residual(double[] z, int zOffset, double x, int i) {
    double sum = (d[offset + i] - x) * z[zOffset + i];
    if (i > 0) {
      sum += e[offset + i - 1] * z[zOffset + i - 1];
    }
    if (i < n - 1) {
      sum += e[offset + i] * z[zOffset + i + 1];
    }
    return sum;
  }

  /** n rounded up to whole vectors of a set. */
  static int padded(int n, KernelSet kernels) {
    return (n + kernels.lanes() - 1) / kernels.lanes() * kernels.lanes();
  }
}
