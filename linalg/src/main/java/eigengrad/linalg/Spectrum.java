package eigengrad.linalg;

import eigengrad.linalg.internal.eigen.conquer.AscendingOrder;
import eigengrad.linalg.internal.support.ColumnPermutation;
import eigengrad.simd.Kernels;

/** Order and signs of solved eigenproblems. */
final class Spectrum {
  private final AscendingOrder ascending = new AscendingOrder();
  private final ColumnPermutation permutation = new ColumnPermutation();

  /**
   * Chooses the pairs first … end − 1 and fixes their signs.
   *
   * @param n order
   * @param unsorted n eigenvalues
   * @param all n×n, column j belonging to eigenvalue j
   * @param values overwritten: ascending
   * @param vectors n×(end − first), overwritten
   */
  void choose(
      int n,
      int first,
      int end,
      double[] unsorted,
      double[] all,
      double[] values,
      double[] vectors) {
    int[] order = ascending.of(n, unsorted);
    for (int j = 0; j < end - first; j++) {
      int pair = order[first + j];
      values[j] = unsorted[pair];
      System.arraycopy(all, pair * n, vectors, j * n, n);
      makeLargestPositive(n, vectors, j * n);
    }
  }

  /**
   * Sorts pairs ascending and fixes the signs.
   *
   * @param n order
   * @param k pairs
   * @param unsorted k eigenvalues
   * @param vectors n×k, column j belonging to eigenvalue j; put in order
   * @param values overwritten: ascending
   */
  void arrange(int n, int k, double[] unsorted, double[] vectors, double[] values) {
    int[] order = ascending.of(k, unsorted);
    for (int j = 0; j < k; j++) {
      values[j] = unsorted[order[j]];
    }
    permutation.apply(n, k, order, vectors, 0, n);
    for (int j = 0; j < k; j++) {
      makeLargestPositive(n, vectors, j * n);
    }
  }

  /** Fixes the sign by the first element of largest magnitude. */
  static void makeLargestPositive(int n, double[] x, int offset) {
    if (Kernels.level1().elementOfMaxAbs(n, x, offset) < 0) {
      Kernels.level1().scale(n, -1, x, offset);
    }
  }
}
