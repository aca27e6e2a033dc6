package eigengrad.linalg.batch;

import static eigengrad.simd.BatchKernels.GROUP;

import eigengrad.linalg.tridiagonal.Coupling;
import eigengrad.linalg.tridiagonal.GradedOrder;
import eigengrad.simd.BatchKernels;

/**
 * Whether a lane solves a matrix as accurately as the single solver, which splits it into blocks
 * and scales each by itself, and which reorders it if it is graded.
 */
final class LaneSuitability {
  /** Relative to max |a| in [1, 2): beyond, a number is no longer normal. */
  private static final double SMALLEST_NORMAL = 0x1p-1020;

  private LaneSuitability() {}

  /**
   * Looks at a matrix, if its elements are so far apart that it may be unsuitable.
   *
   * @param n order
   * @param a interleaved groups
   * @param first where the matrix starts
   * @param largest max |aᵢⱼ|
   * @param smallest min |aᵢⱼ| over aᵢⱼ ≠ 0
   */
  static boolean suits(int n, double[] a, int first, double largest, double smallest) {
    if (!(smallest < GradedOrder.FAR_SMALLER * largest)) {
      return true;
    }
    boolean inOrder = Crossover.jacobi(n) || !GradedOrder.matters(n, a, first, (n + 1) * GROUP);
    return inOrder
        && (smallest >= BatchKernels.SMALLEST_ELEMENT * largest
            || smallOnesAreNegligible(n, a, first, largest));
  }

  private static boolean smallOnesAreNegligible(int n, double[] a, int first, double largest) {
    for (int j = 0; j < n; j++) {
      double above = a[first + j * (n + 1) * GROUP];
      if (above != 0 && Math.abs(above) < SMALLEST_NORMAL * largest) {
        return false;
      }
      for (int i = j + 1; i < n; i++) {
        double between = a[first + (i + j * n) * GROUP];
        double below = a[first + i * (n + 1) * GROUP];
        if (Math.abs(between) < BatchKernels.SMALLEST_ELEMENT * largest
            && !Coupling.negligible(above, below, between)) {
          return false;
        }
      }
    }
    return true;
  }
}
