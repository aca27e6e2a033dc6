package eigengrad.linalg.internal.svd.jacobi;

import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The singular value decomposition of a matrix by one-sided Jacobi rotations: columns are rotated
 * in pairs until all are orthogonal; then their lengths are the singular values.
 *
 * <p>Cost: about 6 sweeps of n²/2 rotations. Source: J. Demmel and K. Veselić, <i>Jacobi's Method
 * is More Accurate than QR</i>, SIAM J. Matrix Anal. Appl. 13 (1992), algorithm 4.1.
 */
public final class OneSidedJacobi {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  private double[] norms = {};
  private double[] spare = {};

  /** A solver to be used for any number of matrices, one after the other. */
  public OneSidedJacobi() {}

  /**
   * Values and vectors.
   *
   * @param m rows, ≥ n
   * @param n columns
   * @param a m×n, scaled to elements near 1; overwritten by U
   * @param v n×n, overwritten by V
   * @param values overwritten by the singular values, descending
   * @param maxSweeps after which it gives up
   * @return whether it converged
   */
  public boolean solve(int m, int n, double[] a, double[] v, double[] values, int maxSweeps) {
    norms = Buffers.atLeast(norms, n);
    spare = Buffers.atLeast(spare, m);
    Arrays.fill(v, 0, n * n, 0);
    for (int j = 0; j < n; j++) {
      v[j + j * n] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < maxSweeps; sweep++) {
      for (int j = 0; j < n; j++) {
        norms[j] = Kernels.level1().norm(m, a, j * m);
      }
      rotated = false;
      for (int p = 0; p < n; p++) {
        bringLargestForward(m, n, p, a, v);
        for (int q = p + 1; q < n; q++) {
          rotated |= rotate(m, n, p, q, a, v);
        }
      }
    }
    for (int j = 0; j < n; j++) {
      norms[j] = Kernels.level1().norm(m, a, j * m);
    }
    for (int j = 0; j < n; j++) {
      bringLargestForward(m, n, j, a, v);
      values[j] = norms[j];
    }
    normalise(m, n, a, values);
    return !rotated;
  }

  private void bringLargestForward(int m, int n, int p, double[] a, double[] v) {
    int largest = p;
    for (int q = p + 1; q < n; q++) {
      if (norms[q] > norms[largest]) {
        largest = q;
      }
    }
    if (largest != p) {
      swap(m, a, p * m, largest * m);
      swap(n, v, p * n, largest * n);
      double norm = norms[p];
      norms[p] = norms[largest];
      norms[largest] = norm;
    }
  }

  private void swap(int length, double[] x, int one, int other) {
    System.arraycopy(x, one, spare, 0, length);
    System.arraycopy(x, other, x, one, length);
    System.arraycopy(spare, 0, x, other, length);
  }

  /** Makes columns p and q orthogonal; returns whether they were not. */
  private boolean rotate(int m, int n, int p, int q, double[] a, double[] v) {
    double larger = norms[p];
    double smaller = norms[q];
    if (smaller == 0 || larger == 0) {
      return false;
    }
    double cosine = scaledDot(m, a, p * m, larger, q * m, smaller);
    if (Math.abs(cosine) <= m * UNIT_ROUNDOFF) {
      return false;
    }
    double ratio = smaller / larger;
    double zeta = (ratio - 1 / ratio) / (2 * cosine);
    double t =
        Double.isInfinite(zeta)
            ? -cosine * ratio
            : Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
    double c = 1 / Math.hypot(1, t);
    double s = c * t;
    Kernels.level1().rotate(m, a, p * m, a, q * m, c, -s);
    Kernels.level1().rotate(n, v, p * n, v, q * n, c, -s);
    norms[p] = Kernels.level1().norm(m, a, p * m);
    norms[q] = Kernels.level1().norm(m, a, q * m);
    return true;
  }

  private static double scaledDot(int m, double[] a, int p, double pNorm, int q, double qNorm) {
    double sum = 0;
    for (int i = 0; i < m; i++) {
      sum += a[p + i] / pNorm * (a[q + i] / qNorm);
    }
    return sum;
  }

  /** Divides columns by their lengths, and completes an orthonormal basis where one is zero. */
  private static void normalise(int m, int n, double[] a, double[] values) {
    for (int j = 0; j < n; j++) {
      if (values[j] > 0) {
        for (int i = 0; i < m; i++) {
          a[i + j * m] /= values[j];
        }
      } else {
        complete(m, j, a);
      }
    }
  }

  /** Column j becomes a unit vector orthogonal to those before it. */
  public static void complete(int m, int j, double[] a) {
    for (int axis = 0; ; axis++) {
      Arrays.fill(a, j * m, (j + 1) * m, 0);
      a[j * m + axis] = 1;
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          double product = Kernels.level1().dot(m, a, k * m, a, j * m);
          Kernels.level1().axpy(m, -product, a, k * m, a, j * m);
        }
      }
      double norm = Kernels.level1().norm(m, a, j * m);
      if (norm > 0.5 / Math.sqrt(m)) {
        double sign = Kernels.level1().elementOfMaxAbs(m, a, j * m) < 0 ? -1 : 1;
        Kernels.level1().scale(m, sign / norm, a, j * m);
        return;
      }
    }
  }
}
