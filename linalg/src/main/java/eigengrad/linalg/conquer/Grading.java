package eigengrad.linalg.conquer;

import eigengrad.linalg.tridiagonal.GradedOrder;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;

/**
 * Whether a tridiagonal matrix is graded, so that its elements determine small eigenvalues to more
 * digits than rounding at its norm leaves: QL keeps them, the search for separated eigenvalues and
 * divide and conquer do not.
 */
final class Grading {
  private Grading() {}

  /**
   * Looks for what positive or negative definite matrices have, and for diagonal elements far
   * apart. Cost: n roots, where the signs are those of such a matrix.
   */
  static boolean of(TridiagonalMatrix tridiagonal) {
    int n = tridiagonal.size();
    double[] d = tridiagonal.diagonal();
    double[] e = tridiagonal.offDiagonal();
    if (n > GradedOrder.LARGEST) {
      return false;
    }
    double least = Math.abs(d[0]);
    double greatest = least;
    for (int i = 1; i < n; i++) {
      double size = Math.abs(d[i]);
      boolean definite =
          Math.signum(d[i]) == Math.signum(d[0])
              && Math.abs(e[i - 1]) <= Math.sqrt(size) * Math.sqrt(Math.abs(d[i - 1]));
      if (!definite) {
        return false;
      }
      least = Math.min(least, size);
      greatest = Math.max(greatest, size);
    }
    return least < GradedOrder.FAR_SMALLER * greatest;
  }
}
