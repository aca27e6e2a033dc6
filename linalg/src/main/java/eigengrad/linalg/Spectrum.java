package eigengrad.linalg;

import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/** The last arrow: order, signs and scale of a solved eigenproblem. */
final class Spectrum {
  private Spectrum() {}

  /**
   * Turns the solver's account into an exception where it did not converge.
   *
   * @param unconverged off-diagonal elements that did not vanish
   */
  static void requireConverged(int unconverged, TridiagonalMatrix tridiagonal, int maxIterations) {
    if (unconverged > 0) {
      double offDiagonal = largestMagnitude(tridiagonal.offDiagonal());
      double scale = Math.max(offDiagonal, largestMagnitude(tridiagonal.diagonal()));
      throw new EigenConvergenceException(unconverged, offDiagonal / scale, maxIterations);
    }
  }

  private static double largestMagnitude(double[] x) {
    return Kernels.active().maxAbs(x.length, x, 0);
  }

  static double[] sortedValues(double[] values, Scaling scaling) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    unscale(sorted, scaling);
    return sorted;
  }

  /**
   * Sorts the pairs ascending and fixes the signs.
   *
   * @param values n unsorted eigenvalues of the scaled matrix
   * @param vectors n×n, column j belonging to value j; taken over
   */
  static Eigendecomposition assemble(double[] values, double[] vectors, Scaling scaling) {
    int n = values.length;
    int[] order = ascending(values);
    double[] sorted = new double[n];
    double[] columns = isIdentity(order) ? vectors : new double[n * n];
    for (int j = 0; j < n; j++) {
      sorted[j] = values[order[j]];
      if (columns != vectors) {
        System.arraycopy(vectors, order[j] * n, columns, j * n, n);
      }
      makeLargestPositive(n, columns, j * n);
    }
    unscale(sorted, scaling);
    return Eigendecomposition.owning(sorted, DenseMatrix.wrap(n, n, columns));
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

  /** Indices that sort the values: insertion sort, since solvers deliver them nearly sorted. */
  private static int[] ascending(double[] values) {
    int[] order = new int[values.length];
    for (int i = 0; i < order.length; i++) {
      int k = i;
      while (k > 0 && Double.compare(values[order[k - 1]], values[i]) > 0) {
        order[k] = order[k - 1];
        k--;
      }
      order[k] = i;
    }
    return order;
  }

  private static boolean isIdentity(int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** Fixes the sign by the first element of largest magnitude. */
  static void makeLargestPositive(int n, double[] x, int offset) {
    Kernels kernels = Kernels.active();
    double largest = kernels.maxAbs(n, x, offset);
    int at = offset;
    while (Math.abs(x[at]) != largest) {
      at++;
    }
    if (x[at] < 0) {
      kernels.scale(n, -1, x, offset);
    }
  }
}
