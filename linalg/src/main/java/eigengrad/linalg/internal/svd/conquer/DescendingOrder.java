package eigengrad.linalg.internal.svd.conquer;

import eigengrad.linalg.internal.eigen.conquer.AscendingOrder;
import eigengrad.simd.Buffers;

/** Puts singular values in descending order, and their vectors with them. */
final class DescendingOrder {
  private final AscendingOrder ascending = new AscendingOrder();
  private double[] negated = {};
  private double[] spare = {};
  private int[] order = {};

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
    spare = Buffers.atLeast(spare, n);
    for (int start = 0; start < n; start++) {
      if (leadsItsCycle(start)) {
        System.arraycopy(columns, offset + start * ld, spare, 0, n);
        int to = start;
        while (order[to] != start) {
          System.arraycopy(columns, offset + order[to] * ld, columns, offset + to * ld, n);
          to = order[to];
        }
        System.arraycopy(spare, 0, columns, offset + to * ld, n);
      }
    }
  }

  /** Whether an index is the least of a cycle of more than one. */
  private boolean leadsItsCycle(int start) {
    int at = order[start];
    while (at > start) {
      at = order[at];
    }
    return at == start && order[start] != start;
  }
}
