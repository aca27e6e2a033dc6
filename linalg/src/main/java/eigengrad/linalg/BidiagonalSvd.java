package eigengrad.linalg;

import eigengrad.linalg.internal.householder.BackTransform;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.svd.bidiagonal.Bidiagonalizer;
import eigengrad.linalg.internal.svd.conquer.BidiagonalSolver;

/**
 * The singular value decomposition of any m×n matrix, m ≥ n, in bidiagonal form: A = QBPᵀ, B =
 * U′ΣV′ᵀ, U = QU′, V = PV′.
 */
final class BidiagonalSvd {
  private final Bidiagonalizer reduction = new Bidiagonalizer();
  private final BidiagonalSolver solver = new BidiagonalSolver();
  private final BackTransform left = new BackTransform(reduction.left());
  private final BackTransform right = new BackTransform(reduction.right());

  /**
   * Values alone.
   *
   * @param m rows, ≥ n
   * @param n columns
   * @param a m×n; not modified
   * @param exponent A is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @return how many were not found: 0 for success
   */
  int solveValues(int m, int n, double[] a, int exponent, Crew crew, double[] values) {
    reduction.reduce(m, n, a, exponent, crew);
    int unconverged = solver.solveValues(n, reduction.diagonal(), reduction.superdiagonal(), crew);
    System.arraycopy(reduction.diagonal(), 0, values, 0, n);
    return unconverged;
  }

  /**
   * The largest singular values and their vectors.
   *
   * @param m rows, ≥ n
   * @param n columns
   * @param a m×n; not modified
   * @param exponent A is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param count how many, 0 to n
   * @param values overwritten by those of the scaled matrix, descending
   * @param u overwritten by U; where m > n, zeros
   * @param leftCount its columns: count, or m if all are wanted
   * @param v overwritten by V: n×count
   * @return how many did not converge: 0 for success
   */
  int solve(
      int m,
      int n,
      double[] a,
      int exponent,
      int count,
      int maxIterations,
      Crew crew,
      double[] values,
      double[] u,
      int leftCount,
      double[] v) {
    reduction.reduce(m, n, a, exponent, crew);
    double[] d = reduction.diagonal();
    double[] e = reduction.superdiagonal();
    int unconverged =
        count == n
            ? solver.solve(n, d, e, u, 0, m, v, 0, n, maxIterations, crew)
            : solver.solveLargest(n, d, e, count, u, 0, m, v, 0, n, maxIterations, crew);
    crew.requireNotInterrupted();
    right.apply(v, n, count, crew);
    setIdentity(m, n, leftCount, u);
    left.apply(u, m, leftCount, crew);
    System.arraycopy(d, 0, values, 0, count);
    return unconverged;
  }

  /** The columns of a full U beyond n, zeros, before they are transformed. */
  static void setIdentity(int m, int n, int leftCount, double[] u) {
    for (int j = n; j < leftCount; j++) {
      u[j + j * m] = 1;
    }
  }
}
