package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.eigen.conquer.AscendingOrder;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.svd.golubkahan.GolubKahanSolver;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/** Solves a bidiagonal singular value problem whole. */
public final class BidiagonalSolver {
  private final GolubKahanSolver separated = new GolubKahanSolver();
  private final ImplicitQr qr = new ImplicitQr();
  private final AscendingOrder ascending = new AscendingOrder();
  private double[] negated = {};
  private double[] spare = {};
  private double[] allLeft = {};
  private double[] allRight = {};

  /** A solver to be used for any number of matrices, one after the other. */
  public BidiagonalSolver() {}

  /**
   * Values and vectors of an upper bidiagonal matrix B = U·diag(σ)·Vᵀ.
   *
   * @param n order of B, ≥ 0
   * @param d the diagonal, scaled to elements of less than 2 in magnitude; overwritten by the
   *     singular values, descending
   * @param e n − 1 elements above the diagonal, likewise; overwritten
   * @param u overwritten by U, n×n
   * @param uOffset where U starts
   * @param ldu its leading dimension
   * @param v overwritten by V, n×n
   * @param vOffset where V starts
   * @param ldv its leading dimension
   * @param maxIterations of QR allowed for each singular value, on average
   * @param crew does the work
   * @return how many elements above the diagonal did not vanish: 0 for success
   */
  public int solve(
      int n,
      double[] d,
      double[] e,
      double[] u,
      int uOffset,
      int ldu,
      double[] v,
      int vOffset,
      int ldv,
      int maxIterations,
      Crew crew) {
    if (n == 0
        || separated.solve(n, d, 0, e, 0, n, d, 0, u, uOffset, ldu, v, vOffset, ldv, crew)) {
      return 0;
    }
    setIdentity(n, u, uOffset, ldu);
    setIdentity(n, v, vOffset, ldv);
    int unconverged =
        qr.solve(n, d, 0, e, 0, u, n, uOffset, ldu, v, n, vOffset, ldv, maxIterations, crew);
    sort(n, d, u, uOffset, ldu, v, vOffset, ldv);
    return unconverged;
  }

  /**
   * The largest singular values and their vectors.
   *
   * @param n order of B, ≥ 0
   * @param d the diagonal, as for {@link #solve}; its first elements are overwritten by the
   *     singular values, descending
   * @param e n − 1 elements above the diagonal; overwritten
   * @param count how many, 0 to n
   * @param u overwritten by n×count left singular vectors
   * @param uOffset where they start
   * @param ldu from one to the next
   * @param v overwritten by n×count right singular vectors
   * @param vOffset where they start
   * @param ldv from one to the next
   * @param maxIterations as for {@link #solve}
   * @param crew does the work
   * @return how many elements above the diagonal did not vanish: 0 for success
   */
  public int solveLargest(
      int n,
      double[] d,
      double[] e,
      int count,
      double[] u,
      int uOffset,
      int ldu,
      double[] v,
      int vOffset,
      int ldv,
      int maxIterations,
      Crew crew) {
    if (count == 0
        || separated.solve(n, d, 0, e, 0, count, d, 0, u, uOffset, ldu, v, vOffset, ldv, crew)) {
      return 0;
    }
    allLeft = Buffers.atLeast(allLeft, n * n);
    allRight = Buffers.atLeast(allRight, n * n);
    int unconverged = solve(n, d, e, allLeft, 0, n, allRight, 0, n, maxIterations, crew);
    for (int j = 0; j < count; j++) {
      System.arraycopy(allLeft, j * n, u, uOffset + j * ldu, n);
      System.arraycopy(allRight, j * n, v, vOffset + j * ldv, n);
    }
    return unconverged;
  }

  /**
   * Values alone.
   *
   * @param n order of B, ≥ 0
   * @param d the diagonal, as for {@link #solve}; overwritten by the singular values, descending
   * @param e n − 1 elements above the diagonal; overwritten
   * @param crew does the work
   * @return how many were not found: 0 for success
   */
  public int solveValues(int n, double[] d, double[] e, Crew crew) {
    return n == 0 ? 0 : separated.findValues(n, d, 0, e, 0, n, d, 0, crew);
  }

  private static void setIdentity(int n, double[] a, int offset, int ld) {
    for (int j = 0; j < n; j++) {
      int column = offset + j * ld;
      Arrays.fill(a, column, column + n, 0);
      a[column + j] = 1;
    }
  }

  /** Puts the values in descending order, and the vectors with them. */
  private void sort(
      int n, double[] d, double[] u, int uOffset, int ldu, double[] v, int vOffset, int ldv) {
    negated = Buffers.atLeast(negated, n);
    spare = Buffers.atLeast(spare, n);
    for (int j = 0; j < n; j++) {
      negated[j] = -d[j];
    }
    int[] order = ascending.of(n, negated);
    for (int j = 0; j < n; j++) {
      d[j] = 0 - negated[order[j]];
    }
    permute(n, order, u, uOffset, ldu);
    permute(n, order, v, vOffset, ldv);
  }

  /** Column j becomes what column order[j] was, cycle by cycle. */
  private void permute(int n, int[] order, double[] a, int offset, int ld) {
    for (int start = 0; start < n; start++) {
      if (leadsItsCycle(start, order)) {
        System.arraycopy(a, offset + start * ld, spare, 0, n);
        int to = start;
        while (order[to] != start) {
          System.arraycopy(a, offset + order[to] * ld, a, offset + to * ld, n);
          to = order[to];
        }
        System.arraycopy(spare, 0, a, offset + to * ld, n);
      }
    }
  }

  /** Whether an index is the least of a cycle of more than one. */
  private static boolean leadsItsCycle(int start, int[] order) {
    int at = order[start];
    while (at > start) {
      at = order[at];
    }
    return at == start && order[start] != start;
  }
}
