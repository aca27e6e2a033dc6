package eigengrad.linalg.internal.svd.conquer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularAccuracy;
import eigengrad.linalg.SpectralAccuracy;
import eigengrad.linalg.internal.svd.conquer.HostileBidiagonals.Bidiagonal;

/** What a solver made of a bidiagonal matrix, to be judged. */
public record SolvedBidiagonal(Bidiagonal b, double[] values, DenseMatrix u, DenseMatrix v) {
  /** LAPACK's limit, for ratios in units of n·2⁻⁵². */
  private static final double LIMIT = 30;

  /** Solves, with gaps between the columns and before them. */
  public static SolvedBidiagonal of(Bidiagonal b, Solver solver) {
    int n = b.size();
    int ld = n + 3;
    double[] d = b.d().clone();
    double[] e = b.e().clone();
    double[] u = new double[5 + n * ld];
    double[] v = new double[5 + n * ld];
    assertEquals(0, solver.solve(n, d, e, u, 5, ld, v, 5, ld), "unconverged");
    return new SolvedBidiagonal(b, d, packed(n, u, ld), packed(n, v, ld));
  }

  private static DenseMatrix packed(int n, double[] a, int ld) {
    double[] result = new double[n * n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(a, 5 + j * ld, result, j * n, n);
    }
    return DenseMatrix.wrap(n, n, result);
  }

  public void requireAccurate(String name) {
    int n = b.size();
    requireRatio(name + ": residual", SingularAccuracy.residual(b.dense(), values, u, v));
    requireRatio(name + ": orthogonality of U", SpectralAccuracy.orthogonality(u));
    requireRatio(name + ": orthogonality of V", SpectralAccuracy.orthogonality(v));
    requireValues(name, b, values);
    for (int j = 1; j < n; j++) {
      assertTrue(values[j - 1] >= values[j], name + ": order at " + j);
    }
  }

  private static void requireRatio(String what, double ratio) {
    assertTrue(ratio <= LIMIT, what + " " + ratio);
  }

  /** By Sturm counts. */
  public static void requireValues(String name, Bidiagonal b, double[] values) {
    int n = b.size();
    double norm = 2 * HostileBidiagonals.norm(b);
    double tolerance = Math.max(n, 4) * 0x1p-52 * norm;
    for (int j = 0; j < n; j++) {
      assertTrue(values[j] >= 0, name + ": sign of value " + j);
      double low = values[j] - tolerance;
      double high = values[j] + tolerance;
      if (norm > 0) {
        assertTrue(b.below(high) >= n - j, name + ": value " + j + " too small: " + values[j]);
        assertTrue(low <= 0 || b.below(low) <= n - 1 - j, name + ": too large: " + values[j]);
      }
    }
  }

  /** A solver for matrices with elements near 1. */
  @FunctionalInterface
  public interface Solver {
    int solve(
        int n,
        double[] d,
        double[] e,
        double[] u,
        int uOffset,
        int ldu,
        double[] v,
        int vOffset,
        int ldv);
  }
}
