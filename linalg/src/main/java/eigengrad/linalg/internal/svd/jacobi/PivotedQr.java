package eigengrad.linalg.internal.svd.jacobi;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * AP = QR by Householder reflections, the longest remaining column first: row i of R is at least as
 * long as what is below it in any column. A tiny column keeps its relative accuracy beside large
 * ones. Cost: 2n²(m − n/3) flops, and half of it again for lengths. Source: G. H. Golub and C. F.
 * Van Loan, <i>Matrix Computations</i>, 4th edition, section 5.4.2.
 */
final class PivotedQr {
  /** Beside elements near 1 what is shorter counts as zero: it has lost digits to underflow. */
  private static final double NEGLIGIBLE = 0x1p-1000;

  private double[] tau = Buffers.NONE;
  private double[] diagonal = Buffers.NONE;
  private int[] columns = Buffers.NO_INDICES;
  private int rank;

  /** Leaves the reflectors on and below the diagonal of A, m×n, m ≥ n, and R above it. */
  void factor(int m, int n, double[] a, Crew crew) {
    tau = Buffers.atLeast(tau, n);
    diagonal = Buffers.atLeast(diagonal, n);
    columns = columns.length < n ? new int[n] : columns;
    Arrays.setAll(columns, j -> j);
    for (rank = 0; rank < n && bringLongestForward(m, n, rank, a); rank++) {
      crew.requireNotInterrupted();
      reflect(m, rank, a);
      for (int j = rank + 1; j < n; j++) {
        apply(m, rank, a, a, j * m);
      }
    }
  }

  /** Whether there is another column that is not zero below row k. */
  private boolean bringLongestForward(int m, int n, int k, double[] a) {
    int longest = k;
    double most = 0;
    for (int j = k; j < n; j++) {
      double length = Kernels.level1().norm(m - k, a, k + j * m);
      if (length > most) {
        most = length;
        longest = j;
      }
    }
    if (most < NEGLIGIBLE) {
      return false;
    }
    diagonal[k] = most;
    if (longest != k) {
      for (int i = 0; i < m; i++) {
        double x = a[i + k * m];
        a[i + k * m] = a[i + longest * m];
        a[i + longest * m] = x;
      }
      int column = columns[k];
      columns[k] = columns[longest];
      columns[longest] = column;
    }
    return true;
  }

  /** The reflector I − τvvᵀ, v₀ = 1, that leaves of column k its length. */
  private void reflect(int m, int k, double[] a) {
    int top = k + k * m;
    double alpha = a[top];
    double length = diagonal[k];
    double beta = -Math.copySign(length, alpha);
    for (int i = 1; i < m - k; i++) {
      a[top + i] /= alpha - beta;
    }
    a[top] = 1;
    tau[k] = (beta - alpha) / beta;
    diagonal[k] = beta;
  }

  /** Reflects a vector of m elements. */
  private void apply(int m, int k, double[] a, double[] x, int offset) {
    double product = Kernels.level1().dot(m - k, a, k + k * m, x, offset + k);
    Kernels.level1().axpy(m - k, -tau[k] * product, a, k + k * m, x, offset + k);
  }

  /** Rᵀ as a whole n×n matrix. */
  void lowerTriangle(int m, int n, double[] a, double[] x) {
    Arrays.fill(x, 0, n * n, 0);
    for (int i = 0; i < rank; i++) {
      x[i + i * n] = diagonal[i];
      for (int j = i + 1; j < n; j++) {
        x[j + i * n] = a[i + j * m];
      }
    }
  }

  /** x ← Qx for n columns of m elements. */
  void multiply(int m, int n, double[] a, double[] x, Crew crew) {
    for (int j = 0; j < n; j++) {
      crew.requireNotInterrupted();
      for (int k = rank - 1; k >= 0; k--) {
        apply(m, k, a, x, j * m);
      }
    }
  }

  /** Which column of A is column j of AP. */
  int column(int j) {
    return columns[j];
  }
}
