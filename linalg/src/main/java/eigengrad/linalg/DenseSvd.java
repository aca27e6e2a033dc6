package eigengrad.linalg;

import eigengrad.linalg.internal.householder.BackTransform;
import eigengrad.linalg.internal.householder.HouseholderQr;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.linalg.internal.svd.tall.CholeskyQr;
import eigengrad.simd.Buffers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The singular value decomposition of an m×n matrix, m ≥ n. A matrix much higher than wide is made
 * triangular first; then the Gram matrix is decomposed where that is accurate, and the bidiagonal
 * form elsewhere.
 */
final class DenseSvd {
  /** From this ratio of rows to columns on, the triangle's reduction saves more than it costs. */
  static final double TALL = 2;

  private final Lazy<CholeskyQr> products = new Lazy<>(CholeskyQr::new);
  private final Lazy<HouseholderQr> qr = new Lazy<>(HouseholderQr::new);
  private final Lazy<BackTransform> fromTriangle =
      new Lazy<>(() -> new BackTransform(qr.get().reflectors()));

  private final @Nullable Lazy<GramSvd> gram;
  private final Lazy<BidiagonalSvd> bidiagonal = new Lazy<>(BidiagonalSvd::new);

  /** The triangle's left vectors: columns as long as a high matrix's might share cache sets. */
  private double[] ofTriangle = Buffers.NONE;

  /** An orthogonal basis of the columns, where the place of U is too small for it. */
  private double[] basis = Buffers.NONE;

  /** A solver for any number of matrices, one after the other. */
  DenseSvd() {
    this(new Lazy<>(GramSvd::new));
  }

  private DenseSvd(@Nullable Lazy<GramSvd> gram) {
    this.gram = gram;
  }

  /** One for what the Gram matrix is no way for. */
  static DenseSvd withoutGram() {
    return new DenseSvd(null);
  }

  /**
   * The largest singular values and their vectors.
   *
   * @param m rows, ≥ n
   * @param n columns
   * @param a m×n; not modified
   * @param exponent A is multiplied by 2^exponent, which brings max |a| into [1, 2)
   * @param count how many, 0 to n; all of them for values alone
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
      int maxIterations,
      Crew crew,
      double[] values,
      double @Nullable [] u,
      int leftCount,
      double @Nullable [] v) {
    crew.requireNotInterrupted();
    if (m >= TALL * n) {
      return solveTall(m, n, a, exponent, count, maxIterations, crew, values, u, leftCount, v);
    }
    if (u == null || v == null) {
      return bidiagonal.get().solveValues(m, n, a, exponent, crew, values);
    }
    return solveShort(m, n, a, exponent, count, maxIterations, crew, values, u, leftCount, v);
  }

  /** Any matrix, but at full cost for every row. */
  private int solveShort(
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
    boolean thin = count == n && leftCount == n;
    if (gram != null
        && thin
        && GramSvd.suits(n, exponent)
        && gram.get().solve(m, n, a, exponent, maxIterations, crew, values, u, v)) {
      return 0;
    }
    return bidiagonal
        .get()
        .solve(m, n, a, exponent, count, maxIterations, crew, values, u, leftCount, v);
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
      double[] values,
      double @Nullable [] u,
      int leftCount,
      double @Nullable [] v) {
    double[] q = u == null ? Buffers.NONE : basis(m, n, u);
    boolean byProducts = n > 0 && leftCount <= n && products.get().factor(m, n, a, q, crew);
    if (!byProducts) {
      qr.get().factor(m, n, a, exponent, crew);
    }
    double[] r = byProducts ? products.get().triangle() : qr.get().triangle();
    int ofR = byProducts ? exponent : 0;
    if (u == null || v == null) {
      return bidiagonal.get().solveValues(n, n, r, ofR, crew, values);
    }
    ofTriangle = Buffers.atLeast(ofTriangle, n * count);
    int unconverged =
        solveShort(n, n, r, ofR, count, maxIterations, crew, values, ofTriangle, count, v);
    if (byProducts) {
      products.get().multiply(a, q, ofTriangle, count, u, crew);
    } else {
      for (int j = 0; j < count; j++) {
        System.arraycopy(ofTriangle, j * n, u, j * m, n);
        Arrays.fill(u, j * m + n, (j + 1) * m, 0);
      }
      BidiagonalSvd.setIdentity(m, n, leftCount, u);
      fromTriangle.get().apply(u, m, leftCount, crew);
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
}
