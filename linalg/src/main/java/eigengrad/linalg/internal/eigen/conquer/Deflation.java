package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Finds the eigenpairs of two solved halves that a rank-one update leaves alone, and rotates nearly
 * equal ones until one of the two is.
 *
 * <p>What is left has well separated poles and weights above rounding, each column of eigenvectors
 * with a known support: upper half, lower half or both. Source: J. J. M. Cuppen, <i>A Divide and
 * Conquer Method for the Symmetric Tridiagonal Eigenproblem</i>, Numer. Math. 36 (1981); LAPACK's
 * {@code dlaed2}.
 */
final class Deflation {
  /** Where a column of the two halves' eigenvectors is not zero. */
  static final byte UPPER = 0;

  static final byte BOTH = 1;
  static final byte LOWER = 2;

  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Columns that take part in the update, poles ascending. */
  int[] kept = {};

  /** Columns that are final, in no order. */
  int[] dropped = {};

  /** Of each column. */
  byte[] support = {};

  int keptCount;
  int droppedCount;

  /** Makes room for merges up to an order. */
  void ensure(int n) {
    kept = Buffers.atLeast(kept, n);
    dropped = Buffers.atLeast(dropped, n);
    support = support.length >= n ? support : new byte[n];
  }

  /**
   * Sorts the columns of a merge into kept and dropped ones.
   *
   * @param upper columns that belong to the upper half, before those of the lower
   * @param n columns in all
   * @param rho ρ &gt; 0 of the update
   * @param d eigenvalues, updated where pairs are rotated
   * @param first where the merge's eigenvalues start in d
   * @param z the update's vector, updated
   * @param ascending column indices in the order of their eigenvalues
   * @param q eigenvectors, whose columns are rotated
   * @param corner where the merge's first column starts
   * @param ld leading dimension of q
   */
  void deflate(
      int upper,
      int n,
      double rho,
      double[] d,
      int first,
      double[] z,
      int[] ascending,
      double[] q,
      int corner,
      int ld) {
    double largestZ = Kernels.level1().maxAbs(n, z, 0);
    double tolerance = 8 * UNIT_ROUNDOFF * Math.max(Kernels.level1().maxAbs(n, d, first), largestZ);
    keptCount = 0;
    droppedCount = 0;
    for (int j = 0; j < n; j++) {
      support[j] = j < upper ? UPPER : LOWER;
    }
    int previous = -1;
    for (int position = 0; position < n; position++) {
      int column = ascending[position];
      if (rho * Math.abs(z[column]) <= tolerance) {
        dropped[droppedCount++] = column;
      } else if (previous < 0) {
        previous = column;
      } else {
        double length = Math.hypot(z[column], z[previous]);
        double c = z[column] / length;
        double s = -z[previous] / length;
        double gap = d[first + column] - d[first + previous];
        if (Math.abs(gap * c * s) <= tolerance) {
          z[column] = length;
          z[previous] = 0;
          if (support[column] != support[previous]) {
            support[column] = BOTH;
          }
          Kernels.level1().rotate(n, q, corner + previous * ld, q, corner + column * ld, c, s);
          rotateValues(d, first + previous, first + column, c, s);
          dropped[droppedCount++] = previous;
        } else {
          kept[keptCount++] = previous;
        }
        previous = column;
      }
    }
    if (previous >= 0) {
      kept[keptCount++] = previous;
    }
  }

  private static void rotateValues(double[] d, int previous, int column, double c, double s) {
    double a = d[previous];
    double b = d[column];
    d[previous] = a * c * c + b * s * s;
    d[column] = a * s * s + b * c * c;
  }
}
