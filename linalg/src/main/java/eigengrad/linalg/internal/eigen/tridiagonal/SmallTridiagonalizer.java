package eigengrad.linalg.internal.eigen.tridiagonal;

import eigengrad.linalg.internal.support.PowerOfTwo;
import java.util.Arrays;

/**
 * The reduction of {@link Tridiagonalizer} for a few rows: in plain loops, column by column, where
 * packing and calls of kernels take longer than the arithmetic.
 *
 * <p>Cost: (4/3)n³ flops, and 2n²k for k vectors on their way back. Source: LAPACK's {@code
 * dsytd2}, whose v is divided by its first element.
 */
final class SmallTridiagonalizer {
  /** Up to here it takes less time. */
  static final int LARGEST = 12;

  private final TridiagonalMatrix tridiagonal = new TridiagonalMatrix();

  /** The trailing matrix's lower triangle; column i below the diagonal ends as vᵢ. */
  private final double[] a = new double[LARGEST * LARGEST];

  /** τᵢ, 0 where there was nothing to annihilate. */
  private final double[] tau = new double[LARGEST];

  private final double[] w = new double[LARGEST];
  private int n;

  /**
   * Reduces a matrix. What the last one left is overwritten.
   *
   * @param order n, at most {@link #LARGEST}
   * @param matrix n×n, lower triangle read; not modified
   * @param exponent the matrix is multiplied by 2^exponent, which brings max |a| into [1, 2)
   */
  void reduce(int order, double[] matrix, int exponent) {
    n = order;
    tridiagonal.resize(n);
    for (int j = 0; j < n; j++) {
      System.arraycopy(matrix, j * n + j, a, j * n + j, n - j);
    }
    // With what was above the diagonal before, which is not read.
    PowerOfTwo.scale(n * n, exponent, a, 0);
    for (int i = 0; i < n - 1; i++) {
      reduceColumn(i);
    }
    for (int i = 0; i < n; i++) {
      tridiagonal.diagonal()[i] = a[i * n + i];
    }
  }

  /** T, overwritten by the next reduction. */
  TridiagonalMatrix tridiagonal() {
    return tridiagonal;
  }

  private void reduceColumn(int i) {
    int column = i * n;
    double first = a[column + i + 1];
    double rest = 0;
    for (int k = i + 2; k < n; k++) {
      rest += a[column + k] * a[column + k];
    }
    if (rest <= Tridiagonalizer.NEGLIGIBLE) {
      tau[i] = 0;
      tridiagonal.offDiagonal()[i] = first;
    } else {
      double beta = -Math.copySign(Math.sqrt(first * first + rest), first);
      tridiagonal.offDiagonal()[i] = beta;
      tau[i] = 1 / (beta * (beta - first));
      a[column + i + 1] = first - beta;
      multiply(i + 1, column);
      update(i + 1, column, tau[i]);
    }
  }

  /** w = Av on the trailing matrix. */
  private void multiply(int top, int v) {
    Arrays.fill(w, top, n, 0);
    for (int j = top; j < n; j++) {
      int column = j * n;
      double vj = a[v + j];
      double sum = a[column + j] * vj;
      for (int k = j + 1; k < n; k++) {
        sum += a[column + k] * a[v + k];
        w[k] += a[column + k] * vj;
      }
      w[j] += sum;
    }
  }

  /** w ← τ(w − ½τ(vᵀw)v), then A ← A − vwᵀ − wvᵀ. */
  private void update(int top, int v, double tau) {
    double product = 0;
    for (int k = top; k < n; k++) {
      product += a[v + k] * w[k];
    }
    double shareOfV = tau * (-0.5 * tau * product);
    for (int k = top; k < n; k++) {
      w[k] = tau * w[k] + shareOfV * a[v + k];
    }
    for (int j = top; j < n; j++) {
      int column = j * n;
      double vj = a[v + j];
      double wj = w[j];
      for (int k = j; k < n; k++) {
        a[column + k] -= a[v + k] * wj + w[k] * vj;
      }
    }
  }

  /**
   * Z ← QZ.
   *
   * @param k columns of Z
   * @param z n×k, overwritten
   */
  void transformBack(int k, double[] z) {
    for (int i = n - 3; i >= 0; i--) {
      if (tau[i] != 0) {
        for (int j = 0; j < k; j++) {
          reflect(i, j * n, z);
        }
      }
    }
  }

  /** Hᵢ on a column. */
  private void reflect(int i, int column, double[] z) {
    int v = i * n;
    double product = 0;
    for (int k = i + 1; k < n; k++) {
      product += a[v + k] * z[column + k];
    }
    double share = tau[i] * product;
    for (int k = i + 1; k < n; k++) {
      z[column + k] -= share * a[v + k];
    }
  }
}
