package eigengrad.linalg.internal.support;

/**
 * Copies and differences between a lower triangle and the upper one, in blocks that fit the cache.
 */
public final class LowerTriangle {
  /**
   * Side of the square blocks. At a leading dimension of a power of two the columns of a block
   * share one cache set of 8 or 12 lines: 16 columns take four times as long at n = 512.
   */
  private static final int BLOCK = 8;

  private LowerTriangle() {}

  /**
   * A[j, i] ← A[i, j] for i &gt; j: makes a matrix symmetric.
   *
   * @param n order
   * @param a A, updated
   * @param offset where it starts
   * @param lda its leading dimension
   */
  public static void mirror(int n, double[] a, int offset, int lda) {
    mirror(n, a, a, offset, lda);
  }

  /**
   * B[j, i] ← A[i, j] for i &gt; j: an upper triangle from another's lower one.
   *
   * @param n order
   * @param a A
   * @param b B, updated
   * @param offset where both start
   * @param lda the leading dimension of both
   */
  public static void mirror(int n, double[] a, double[] b, int offset, int lda) {
    for (int column = 0; column < n; column += BLOCK) {
      int columnEnd = Math.min(n, column + BLOCK);
      for (int row = column; row < n; row += BLOCK) {
        mirrorBlock(row, Math.min(n, row + BLOCK), column, columnEnd, a, b, offset, lda);
      }
    }
  }

  private static void mirrorBlock(
      int row, int rowEnd, int column, int columnEnd, double[] a, double[] b, int offset, int lda) {
    for (int i = row; i < rowEnd; i++) {
      int end = Math.min(columnEnd, i);
      for (int j = column; j < end; j++) {
        b[offset + j + i * lda] = a[offset + i + j * lda];
      }
    }
  }

  /**
   * A[i, j] ← A[j, i] − A[i, j] for i &gt; j; the upper triangle stays.
   *
   * @param n order
   * @param a A, updated
   * @param offset where it starts
   * @param lda its leading dimension
   */
  public static void subtractFromTranspose(int n, double[] a, int offset, int lda) {
    for (int column = 0; column < n; column += BLOCK) {
      int columnEnd = Math.min(n, column + BLOCK);
      for (int row = column; row < n; row += BLOCK) {
        subtractBlock(row, Math.min(n, row + BLOCK), column, columnEnd, a, offset, lda);
      }
    }
  }

  private static void subtractBlock(
      int row, int rowEnd, int column, int columnEnd, double[] a, int offset, int lda) {
    for (int i = row; i < rowEnd; i++) {
      int end = Math.min(columnEnd, i);
      for (int j = column; j < end; j++) {
        int lower = offset + i + j * lda;
        a[lower] = a[offset + j + i * lda] - a[lower];
      }
    }
  }
}
