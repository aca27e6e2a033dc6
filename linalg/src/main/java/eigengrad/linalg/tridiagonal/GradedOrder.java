package eigengrad.linalg.tridiagonal;

/**
 * The order of rows and columns in which a graded matrix is reduced without losing the digits of
 * its small eigenvalues: from the largest diagonal element to the smallest.
 *
 * <p>Only definite matrices have an order that matters so, and only those of small order: the
 * solver for the tridiagonal matrices of larger ones is accurate to rounding at the norm. Sources:
 * J. Barlow and J. Demmel, <i>Computing Accurate Eigensystems of Scaled Diagonally Dominant
 * Matrices</i>, SIAM J. Numer. Anal. 27 (1990); LAPACK's {@code dsteqr}, whose users are told the
 * same.
 */
public final class GradedOrder {
  /** Up to this order. */
  public static final int LARGEST = 64;

  /**
   * A diagonal element is far smaller than another if it is below this times the other: a nearer
   * one loses at most 2⁻²³ of itself when the other is rounded.
   */
  public static final double FAR_SMALLER = 0x1p-30;

  private final int[] order = new int[LARGEST];
  private double[] reordered = {};

  /** Orders to be used for any number of matrices, one after the other. */
  GradedOrder() {}

  /**
   * Whether a matrix has to be reordered.
   *
   * @param n its order
   * @param a holds it
   * @param first where its first diagonal element is
   * @param stride from one diagonal element to the next
   * @return whether it is small, its diagonal elements have one sign, and one of them is far
   *     smaller than a later one
   */
  public static boolean matters(int n, double[] a, int first, int stride) {
    double sign = n > 0 ? Math.signum(a[first]) : 0;
    double least = Double.POSITIVE_INFINITY;
    boolean ascends = false;
    for (int i = 0; i < n && n <= LARGEST; i++) {
      double element = sign * a[first + i * stride];
      if (!(element > 0)) {
        return false;
      }
      least = Math.min(least, element);
      ascends |= least < FAR_SMALLER * element;
    }
    return ascends;
  }

  /**
   * The lower triangle of a block in its new order.
   *
   * @return n×n elements, overwritten by the next block
   */
  double[] reordered(int n, double[] a, int corner, int ld) {
    sort(n, a, corner, ld);
    reordered = Buffers.atLeast(reordered, n * n);
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        int row = Math.max(order[i], order[j]);
        int column = Math.min(order[i], order[j]);
        reordered[i + j * n] = a[corner + row + column * ld];
      }
    }
    return reordered;
  }

  /** By insertion: equal elements stay as they come. */
  private void sort(int n, double[] a, int corner, int ld) {
    for (int j = 0; j < n; j++) {
      int position = j;
      double element = Math.abs(a[corner + j + j * ld]);
      while (position > 0) {
        int before = order[position - 1];
        if (Math.abs(a[corner + before + before * ld]) >= element) {
          break;
        }
        order[position--] = before;
      }
      order[position] = j;
    }
  }

  /** Which row of the block has become row i. */
  int row(int i) {
    return order[i];
  }
}
