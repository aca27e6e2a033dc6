package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;

/**
 * Finds the eigenpairs of two solved halves that a rank-one update leaves alone, and rotates nearly
 * equal ones until one of the two is.
 *
 * <p>What is left has well separated poles and weights above rounding, each column of eigenvectors
 * with a known support: upper half, lower half or both. Source: J. J. M. Cuppen, <i>A Divide and
 * Conquer Method for the Symmetric Tridiagonal Eigenproblem</i>, Numer. Math. 36 (1981); LAPACK's
 * {@code dlaed2}.
 */
public final class Deflation {
  /** A column of the two halves' vectors is not zero in the upper half alone. */
  public static final byte UPPER = 0;

  /** In both halves. */
  public static final byte BOTH = 1;

  /** In the lower half alone. */
  public static final byte LOWER = 2;

  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Columns that take part in the update, poles ascending. */
  public int[] kept = Buffers.NO_INDICES;

  /** Columns that are final, in no order. */
  public int[] dropped = Buffers.NO_INDICES;

  /** Of each column. */
  public byte[] support = {};

  /** How many are kept. */
  public int keptCount;

  /** How many are dropped. */
  public int droppedCount;

  /** Arrays that grow as needed. */
  public Deflation() {}

  /**
   * Makes room for merges up to an order.
   *
   * @param n the order
   */
  public void ensure(int n) {
    kept = Buffers.atLeast(kept, n);
    dropped = Buffers.atLeast(dropped, n);
    support = support.length >= n ? support : new byte[n];
  }

  /** Rotates the columns of the halves' vectors. */
  @FunctionalInterface
  public interface Rotation {
    /**
     * Makes one linear combination of two columns, and that at right angles.
     *
     * @param column x, becomes cx + sy
     * @param other y, becomes cy − sx
     * @param c cosine
     * @param s sine
     */
    void rotate(int column, int other, double c, double s);
  }

  /**
   * Sorts the columns of a merge into kept and dropped ones.
   *
   * @param upper columns that belong to the upper half, before those of the lower
   * @param n columns in all
   * @param rho ρ &gt; 0 of the update
   * @param scale what rounding is relative to
   * @param d eigenvalues, updated where pairs are rotated
   * @param first where the merge's eigenvalues start in d
   * @param z the update's vector, updated
   * @param ascending column indices in the order of their eigenvalues
   * @param fixed how many of these, from the first on, are kept whatever they are
   * @param end how many of these there are; the others take no part
   * @param rotation of the columns
   */
  public void deflate(
      int upper,
      int n,
      double rho,
      double scale,
      double[] d,
      int first,
      double[] z,
      int[] ascending,
      int fixed,
      int end,
      Rotation rotation) {
    double tolerance = tolerance(scale);
    droppedCount = 0;
    for (int j = 0; j < n; j++) {
      support[j] = j < upper ? UPPER : LOWER;
    }
    System.arraycopy(ascending, 0, kept, 0, fixed);
    keptCount = fixed;
    int previous = -1;
    for (int position = fixed; position < end; position++) {
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
          rotation.rotate(previous, column, c, s);
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

  /**
   * What is negligible.
   *
   * @param scale what rounding is relative to
   * @return a few roundoffs of it
   */
  public static double tolerance(double scale) {
    return 8 * UNIT_ROUNDOFF * scale;
  }

  private static void rotateValues(double[] d, int previous, int column, double c, double s) {
    double a = d[previous];
    double b = d[column];
    d[previous] = a * c * c + b * s * s;
    d[column] = a * s * s + b * c * c;
  }
}
