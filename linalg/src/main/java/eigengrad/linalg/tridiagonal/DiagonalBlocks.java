package eigengrad.linalg.tridiagonal;

/** The blocks of a block diagonal matrix. */
final class DiagonalBlocks {
  private DiagonalBlocks() {}

  /**
   * Finds the end of the smallest block outside of which all elements of its rows and columns are
   * zero. Cost: one look at a column without zeros.
   *
   * @param n order of the matrix
   * @param a its lower triangle is read
   * @param first the first row of the block, where another ends
   * @return one beyond its last row
   */
  static int end(int n, double[] a, int first) {
    int end = first + 1;
    for (int j = first; j < end; j++) {
      int last = n - 1;
      while (last >= end && a[last + j * n] == 0) {
        last--;
      }
      end = Math.max(end, last + 1);
    }
    return end;
  }
}
