package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.eigen.conquer.AscendingOrder;
import eigengrad.linalg.internal.support.ColumnPermutation;
import eigengrad.simd.Buffers;

/** Puts singular values in descending order, and their vectors with them. */
final class DescendingOrder {
  private final AscendingOrder ascending = new AscendingOrder();
  private final ColumnPermutation permutation = new ColumnPermutation();
  private double[] negated = Buffers.NONE;
  private int[] order = Buffers.NO_INDICES;

  /** Sorts the first n values. */
  void sort(int n, double[] values) {
    negated = Buffers.atLeast(negated, n);
    for (int j = 0; j < n; j++) {
      negated[j] = -values[j];
    }
    order = ascending.of(n, negated);
    for (int j = 0; j < n; j++) {
      values[j] = 0 - negated[order[j]];
    }
  }

  /** Permutes n columns of length n as the values that were sorted last. */
  void permute(int n, double[] columns, int offset, int ld) {
    permutation.apply(n, n, order, columns, offset, ld);
  }
}
