package eigengrad.linalg;

import eigengrad.linalg.conquer.AscendingOrder;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/** The last arrow: order, signs and scale of a solved eigenproblem. */
final class Spectrum {
  private final AscendingOrder ascending = new AscendingOrder();
  private double[] spare = {};

  /**
   * Turns the solver's account into an exception where it did not converge.
   *
   * @param unconverged off-diagonal elements that did not vanish
   */
  static void requireConverged(int unconverged, TridiagonalMatrix tridiagonal, int maxIterations) {
    if (unconverged > 0) {
      int n = tridiagonal.size();
      double offDiagonal = Kernels.level1().maxAbs(n - 1, tridiagonal.offDiagonal(), 0);
      double scale = Math.max(offDiagonal, Kernels.level1().maxAbs(n, tridiagonal.diagonal(), 0));
      throw new EigenConvergenceException(unconverged, offDiagonal / scale, maxIterations);
    }
  }

  /** The eigenvalues of the scaled matrix, the first n of an array, unscaled and ascending. */
  static double[] sortedValues(int n, double[] values, Scaling scaling) {
    double[] sorted = Arrays.copyOf(values, n);
    Arrays.sort(sorted);
    unscale(sorted, scaling);
    return sorted;
  }

  /**
   * Sorts pairs ascending and fixes the signs.
   *
   * @param n order
   * @param k pairs
   * @param unsorted k eigenvalues of the scaled matrix
   * @param vectors n×k, column j belonging to eigenvalue j; put in order
   * @return the values, unscaled and ascending
   */
  double[] arrange(int n, int k, double[] unsorted, double[] vectors, Scaling scaling) {
    double[] values = new double[k];
    arrange(n, k, unsorted, vectors, scaling, values);
    return values;
  }

  /** The same with k values, unscaled and ascending, in a given array. */
  void arrange(
      int n, int k, double[] unsorted, double[] vectors, Scaling scaling, double[] values) {
    int[] order = ascending.of(k, unsorted);
    for (int j = 0; j < k; j++) {
      values[j] = unsorted[order[j]];
    }
    permute(n, k, order, vectors);
    for (int j = 0; j < k; j++) {
      makeLargestPositive(n, vectors, j * n);
    }
    unscale(values, scaling);
  }

  private static void unscale(double[] ascending, Scaling scaling) {
    scaling.undo(ascending);
    int n = ascending.length;
    if (n > 0 && (Double.isInfinite(ascending[0]) || Double.isInfinite(ascending[n - 1]))) {
      throw new ArithmeticException(
          "an eigenvalue exceeds the largest double, as its matrix nearly does: scale the matrix"
              + " down by a power of two");
    }
  }

  /** Column j ← column order[j] in place, a cycle of columns at a time. */
  private void permute(int n, int k, int[] order, double[] x) {
    spare = Buffers.atLeast(spare, n);
    for (int start = 0; start < k; start++) {
      if (order[start] != start) {
        System.arraycopy(x, start * n, spare, 0, n);
        int to = start;
        while (order[to] != start) {
          int from = order[to];
          System.arraycopy(x, from * n, x, to * n, n);
          order[to] = to;
          to = from;
        }
        System.arraycopy(spare, 0, x, to * n, n);
        order[to] = to;
      }
    }
  }

  /** Fixes the sign by the first element of largest magnitude. */
  static void makeLargestPositive(int n, double[] x, int offset) {
    if (Kernels.level1().elementOfMaxAbs(n, x, offset) < 0) {
      Kernels.level1().scale(n, -1, x, offset);
    }
  }
}
