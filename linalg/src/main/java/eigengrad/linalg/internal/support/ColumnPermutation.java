package eigengrad.linalg.internal.support;

import eigengrad.simd.Buffers;

/** Permutes the columns of matrices in place, a cycle of columns at a time. */
public final class ColumnPermutation {
  private double[] spare = Buffers.NONE;

  /** To be used for any number of matrices, one after the other. */
  public ColumnPermutation() {}

  /**
   * Column j ← column order[j].
   *
   * @param rows of the matrix
   * @param columns k
   * @param order a permutation of 0 … k − 1; not modified
   * @param x holds the columns
   * @param offset where the first starts
   * @param ld from one to the next
   */
  public void apply(int rows, int columns, int[] order, double[] x, int offset, int ld) {
    spare = Buffers.atLeast(spare, rows);
    for (int start = 0; start < columns; start++) {
      if (leadsItsCycle(order, start)) {
        System.arraycopy(x, offset + start * ld, spare, 0, rows);
        int to = start;
        while (order[to] != start) {
          System.arraycopy(x, offset + order[to] * ld, x, offset + to * ld, rows);
          to = order[to];
        }
        System.arraycopy(spare, 0, x, offset + to * ld, rows);
      }
    }
  }

  /** Whether an index is the least of a cycle of more than one. */
  private static boolean leadsItsCycle(int[] order, int start) {
    int at = order[start];
    while (at > start) {
      at = order[at];
    }
    return at == start && order[start] != start;
  }
}
