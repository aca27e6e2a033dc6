package eigengrad.linalg;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.svd.jacobi.OneSidedJacobi;
import eigengrad.simd.Buffers;
import org.jspecify.annotations.Nullable;

/** The singular value decomposition of an m×n matrix, m ≥ n, by one-sided Jacobi rotations. */
final class JacobiSvd {
  private final OneSidedJacobi rotations = new OneSidedJacobi();
  private double[] left = Buffers.NONE;
  private double[] right = Buffers.NONE;
  private double[] all = Buffers.NONE;

  /**
   * The largest singular values and their vectors.
   *
   * @param m rows, ≥ n
   * @param n columns
   * @param a m×n; not modified
   * @param exponent A is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param count how many, 0 to n; all of them for values alone
   * @param maxSweeps after which it gives up
   * @param crew of which the caller does the work
   * @param values overwritten by those of the scaled matrix, descending
   * @param u zeros, overwritten by U; null for values alone
   * @param leftCount its columns: count, or m if all are wanted
   * @param v zeros, overwritten by V: n×count; null for values alone
   * @return how many did not converge: 0 for success
   */
  int solve(
      int m,
      int n,
      double[] a,
      int exponent,
      int count,
      int maxSweeps,
      Crew crew,
      double[] values,
      double @Nullable [] u,
      int leftCount,
      double @Nullable [] v) {
    crew.requireNotInterrupted();
    left = Buffers.atLeast(left, m * n);
    right = Buffers.atLeast(right, n * n);
    all = Buffers.atLeast(all, n);
    System.arraycopy(a, 0, left, 0, m * n);
    PowerOfTwo.scale(m * n, exponent, left, 0);
    boolean converged = rotations.solve(m, n, left, right, all, maxSweeps, crew);
    System.arraycopy(all, 0, values, 0, count);
    if (u != null && v != null) {
      System.arraycopy(left, 0, u, 0, m * count);
      System.arraycopy(right, 0, v, 0, n * count);
      for (int j = n; j < leftCount; j++) {
        crew.requireNotInterrupted();
        OneSidedJacobi.complete(m, j, u);
      }
    }
    return converged ? 0 : 1;
  }
}
