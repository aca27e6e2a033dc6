package eigengrad.linalg;

import eigengrad.linalg.internal.householder.BackTransform;
import eigengrad.linalg.internal.householder.HouseholderQr;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.svd.bidiagonal.Bidiagonalizer;
import eigengrad.linalg.internal.svd.conquer.BidiagonalSolver;
import eigengrad.linalg.internal.svd.tall.CholeskyQr;
import eigengrad.simd.Buffers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The singular value decomposition of an m×n matrix, m ≥ n, in bidiagonal form: A = (Q_A Q)B Pᵀ, B
 * = U Σ Vᵀ. A matrix much higher than wide is made triangular first.
 */
final class DenseSvd {
  /** From this ratio of rows to columns on, the triangle's reduction saves more than it costs. */
  static final double TALL = 2;

  private static final double[] NONE = {};

  private final CholeskyQr products = new CholeskyQr();
  private final HouseholderQr qr = new HouseholderQr();
  private final Bidiagonalizer reduction = new Bidiagonalizer();
  private final BidiagonalSolver solver = new BidiagonalSolver();
  private final BackTransform fromTriangle = new BackTransform(qr.reflectors());
  private final BackTransform left = new BackTransform(reduction.left());
  private final BackTransform right = new BackTransform(reduction.right());

  /** The triangle's left vectors: columns as long as a high matrix's might share cache sets. */
  private double[] ofTriangle = {};

  /** An orthogonal basis of the columns, where the place of U is too small for it. */
  private double[] basis = {};

  /**
   * The largest singular values and their vectors.
   *
   * @param m rows, ≥ n
   * @param n columns
   * @param a m×n; not modified
   * @param exponent A is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param count how many, 0 to n; all of them for values alone
   * @param values overwritten by those of the scaled matrix, descending
   * @param u zeros, overwritten by U: m×count, or m×m if all are wanted; null for values alone
   * @param v zeros, overwritten by V: n×count; null for values alone
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
      double @Nullable [] u,
      double @Nullable [] v) {
    crew.requireNotInterrupted();
    int unconverged;
    if (m >= TALL * n) {
      unconverged = solveTall(m, n, a, exponent, count, maxIterations, crew, u, v);
    } else {
      reduction.reduce(m, n, a, exponent, crew);
      if (u == null || v == null) {
        unconverged = solveValues(n, crew);
      } else {
        unconverged = solveBidiagonal(n, count, maxIterations, crew, u, m, v);
        setIdentity(m, n, u);
        left.apply(u, m, u.length / Math.max(m, 1), crew);
      }
    }
    System.arraycopy(reduction.diagonal(), 0, values, 0, count);
    return unconverged;
  }

  /** By the triangle of a QR factorisation: through products if that is accurate. */
  private int solveTall(
      int m,
      int n,
      double[] a,
      int exponent,
      int count,
      int maxIterations,
      Crew crew,
      double @Nullable [] u,
      double @Nullable [] v) {
    boolean full = u != null && u.length > m * n;
    double[] q = u == null ? NONE : basis(m, n, u);
    boolean byProducts = n > 0 && !full && products.factor(m, n, a, q, crew);
    if (byProducts) {
      reduction.reduce(n, n, products.triangle(), exponent, crew);
    } else {
      qr.factor(m, n, a, exponent, crew);
      reduction.reduce(n, n, qr.triangle(), 0, crew);
    }
    if (u == null || v == null) {
      return solveValues(n, crew);
    }
    ofTriangle = Buffers.atLeast(ofTriangle, n * count);
    int unconverged = solveBidiagonal(n, count, maxIterations, crew, ofTriangle, n, v);
    left.apply(ofTriangle, n, count, crew);
    if (byProducts) {
      products.multiply(a, q, ofTriangle, count, u, crew);
    } else {
      for (int j = 0; j < count; j++) {
        System.arraycopy(ofTriangle, j * n, u, j * m, n);
        Arrays.fill(u, j * m + n, (j + 1) * m, 0);
      }
      setIdentity(m, n, u);
      fromTriangle.apply(u, m, u.length / Math.max(m, 1), crew);
    }
    return unconverged;
  }

  /** Room for m×n elements: that of U if there will be as many. */
  private double[] basis(int m, int n, double[] u) {
    if (u.length >= m * n) {
      return u;
    }
    basis = Buffers.atLeast(basis, m * n);
    return basis;
  }

  private int solveValues(int n, Crew crew) {
    return solver.solveValues(n, reduction.diagonal(), reduction.superdiagonal(), crew);
  }

  private int solveBidiagonal(
      int n, int count, int maxIterations, Crew crew, double[] u, int ldu, double[] v) {
    double[] d = reduction.diagonal();
    double[] e = reduction.superdiagonal();
    int unconverged =
        count == n
            ? solver.solve(n, d, e, u, 0, ldu, v, 0, n, maxIterations, crew)
            : solver.solveLargest(n, d, e, count, u, 0, ldu, v, 0, n, maxIterations, crew);
    crew.requireNotInterrupted();
    right.apply(v, n, count, crew);
    return unconverged;
  }

  /** The columns of a full U beyond n, before they are transformed. */
  private static void setIdentity(int m, int n, double[] u) {
    for (int j = n; j * m < u.length; j++) {
      u[j + j * m] = 1;
    }
  }
}
