package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.simd.Buffers;

/**
 * LU factors of T − λ with partial pivoting, for a symmetric tridiagonal matrix T.
 *
 * <p>Pivots near 0 are replaced, as if T differed by a rounding error: λ may be an eigenvalue.
 * Cost: about 10n flops, and 10n for a solution. Source: G. H. Golub and C. F. Van Loan, <i>Matrix
 * Computations</i>, 4th edition, section 3.4; LAPACK's {@code dlagtf} and {@code dlagts}.
 */
final class ShiftedFactors {
  /** Solutions are scaled down by this when an element exceeds it: twice as much is finite. */
  private static final double LARGE = 0x1p400;

  private int n;

  /** Reciprocals of the diagonal of U, and what is above it in the same row. */
  private double[] inversePivots = Buffers.NONE;

  private double[] above = Buffers.NONE;
  private double[] farAbove = Buffers.NONE;

  /** Multipliers, and whether rows were exchanged before they were used. */
  private double[] multipliers = Buffers.NONE;

  private boolean[] exchanged = {};

  /**
   * Factorises.
   *
   * @param smallest magnitude of a pivot, > 0
   */
  void factorise(
      int order, double[] d, int dOffset, double[] e, int eOffset, double shift, double smallest) {
    n = order;
    ensure();
    double pivot = d[dOffset] - shift;
    double right = n > 1 ? e[eOffset] : 0;
    for (int i = 0; i < n - 1; i++) {
      double below = e[eOffset + i];
      double diagonal = d[dOffset + i + 1] - shift;
      double next = i < n - 2 ? e[eOffset + i + 1] : 0;
      boolean exchange = Math.abs(below) > Math.abs(pivot);
      exchanged[i] = exchange;
      if (exchange) {
        double multiplier = pivot / below;
        multipliers[i] = multiplier;
        inversePivots[i] = 1 / away(below, smallest);
        above[i] = diagonal;
        farAbove[i] = next;
        pivot = right - multiplier * diagonal;
        right = -multiplier * next;
      } else {
        double inverse = 1 / away(pivot, smallest);
        double multiplier = below * inverse;
        multipliers[i] = multiplier;
        inversePivots[i] = inverse;
        above[i] = right;
        farAbove[i] = 0;
        pivot = diagonal - multiplier * right;
        right = next;
      }
    }
    inversePivots[n - 1] = 1 / away(pivot, smallest);
    above[n - 1] = 0;
    farAbove[n - 1] = 0;
  }

  private static double away(double pivot, double smallest) {
    return Math.abs(pivot) < smallest ? Math.copySign(smallest, pivot) : pivot;
  }

  private void ensure() {
    inversePivots = Buffers.atLeast(inversePivots, n);
    above = Buffers.atLeast(above, n);
    farAbove = Buffers.atLeast(farAbove, n);
    multipliers = Buffers.atLeast(multipliers, n);
    exchanged = exchanged.length >= n ? exchanged : new boolean[n];
  }

  /** x ← some multiple of (T − λ)⁻¹x, so small that nothing overflows. */
  void solve(double[] x, int offset) {
    double current = x[offset];
    for (int i = 0; i < n - 1; i++) {
      double next = x[offset + i + 1];
      double upper = exchanged[i] ? next : current;
      double lower = exchanged[i] ? current : next;
      x[offset + i] = upper;
      current = lower - multipliers[i] * upper;
    }
    x[offset + n - 1] = current;
    substitute(x, offset);
  }

  private void substitute(double[] x, int offset) {
    double scale = 1;
    double next = 0;
    double afterNext = 0;
    // What is behind has been scaled down to 0.
    int end = n;
    for (int i = n - 1; i >= 0; i--) {
      double right = scale * x[offset + i] - above[i] * next - farAbove[i] * afterNext;
      double element = right * inversePivots[i];
      x[offset + i] = element;
      afterNext = next;
      next = element;
      if (Math.abs(element) > LARGE) {
        end = scaleDown(x, offset + i, offset + end) - offset;
        scale /= LARGE;
        next /= LARGE;
        afterNext /= LARGE;
      }
    }
  }

  /** Divides elements by {@link #LARGE}; returns where only zeros follow. */
  private static int scaleDown(double[] x, int from, int to) {
    int end = from;
    for (int i = from; i < to; i++) {
      x[i] /= LARGE;
      if (x[i] != 0) {
        end = i + 1;
      }
    }
    return end;
  }
}
