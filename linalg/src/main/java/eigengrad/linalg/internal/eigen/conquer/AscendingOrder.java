package eigengrad.linalg.internal.eigen.conquer;

import eigengrad.simd.Buffers;

/** The indices that sort numbers: by insertion, since solvers deliver them nearly sorted. */
public final class AscendingOrder {
  private int[] indices = Buffers.NO_INDICES;

  /** An order that grows its array as needed. */
  public AscendingOrder() {}

  /**
   * Orders the first numbers of an array.
   *
   * @param n how many, ≥ 0
   * @param values not modified
   * @return indices of ascending values, equal ones in the order they came in; the array itself, of
   *     which the first n count until the next call
   */
  public int[] of(int n, double[] values) {
    indices = Buffers.atLeast(indices, n);
    for (int i = 0; i < n; i++) {
      int k = i;
      while (k > 0 && Double.compare(values[indices[k - 1]], values[i]) > 0) {
        indices[k] = indices[k - 1];
        k--;
      }
      indices[k] = i;
    }
    return indices;
  }
}
