package eigengrad.linalg.internal.svd.jacobi;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * The singular value decomposition of a matrix by QR with pivoting and one-sided Jacobi rotations:
 * AP = QR, RᵀJ = WΣ, so that A = (QJ)Σ(PW)ᵀ. Columns are rotated in pairs until all are orthogonal,
 * |wᵢᵀwⱼ| ≤ √n·2⁻⁵²·‖wᵢ‖‖wⱼ‖, each pass beginning with the longest that remain.
 *
 * <p>Every singular value is accurate beside itself where A = BD, D diagonal and B
 * well-conditioned. Cost: about 4 sweeps of n²/2 rotations of 2n elements, and 4n²m flops. Sources:
 * Z. Drmač and K. Veselić, <i>New Fast and Accurate Jacobi SVD Algorithm</i>, SIAM J. Matrix Anal.
 * Appl. 29 (2008); P. P. M. de Rijk, <i>A One-Sided Jacobi Algorithm for Computing the Singular
 * Value Decomposition on a Vector Computer</i>, SIAM J. Sci. Stat. Comput. 10 (1989).
 */
public final class OneSidedJacobi {
  private static final double ULP = 0x1p-52;

  private final PivotedQr qr = new PivotedQr();
  private final ScaledColumns columns = new ScaledColumns();
  private double[] x = Buffers.NONE;
  private double[] rotations = Buffers.NONE;

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
   * @param crew of which the caller does the work
   * @return whether it converged
   * @throws CancellationException if the calling thread is interrupted
   */
  public boolean solve(
      int m, int n, double[] a, double[] v, double[] values, int maxSweeps, Crew crew) {
    x = Buffers.atLeast(x, Math.max(m * n, n * n));
    rotations = Buffers.atLeast(rotations, n * n);
    qr.factor(m, n, a, crew);
    qr.lowerTriangle(m, n, a, x);
    Arrays.fill(rotations, 0, n * n, 0);
    for (int j = 0; j < n; j++) {
      rotations[j + j * n] = 1;
    }
    columns.take(n, x, rotations);
    boolean converged = n < 2;
    for (int sweep = 0; sweep < maxSweeps && !converged; sweep++) {
      converged = !sweep(n, crew);
    }
    columns.sort();
    for (int j = 0; j < n; j++) {
      values[j] = columns.length(j);
      if (!columns.normalize(j)) {
        complete(n, j, x);
      }
      for (int i = 0; i < n; i++) {
        v[qr.column(i) + j * n] = x[i + j * n];
      }
    }
    for (int j = 0; j < n; j++) {
      System.arraycopy(rotations, j * n, x, j * m, n);
      Arrays.fill(x, j * m + n, (j + 1) * m, 0);
    }
    qr.multiply(m, n, a, x, crew);
    System.arraycopy(x, 0, a, 0, m * n);
    return converged;
  }

  /** Whether anything was rotated. */
  private boolean sweep(int n, Crew crew) {
    double tolerance = Math.sqrt(n) * ULP;
    boolean rotated = false;
    for (int p = 0; p < n; p++) {
      crew.requireNotInterrupted();
      columns.bringLongestForward(p);
      for (int q = p + 1; q < n; q++) {
        rotated |= columns.rotate(p, q, tolerance);
      }
    }
    return rotated;
  }

  /** Column j becomes a unit vector orthogonal to those before it, its largest component > 0. */
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
        Kernels.level1().scale(m, 1 / norm, a, j * m);
        if (Kernels.level1().elementOfMaxAbs(m, a, j * m) < 0) {
          Kernels.level1().scale(m, -1, a, j * m);
        }
        return;
      }
    }
  }
}
