package eigengrad.grad;

/** Symmetric matrices of which a product has computed the lower triangle. */
final class LowerTriangle {
  /** Side of the square blocks: 16 cache lines of a column, read and written by eights. */
  private static final int BLOCK = 32;

  private LowerTriangle() {}

  /** Copies the lower triangle of an n×n array to the upper, block by block. */
  static void mirror(int n, double[] a, int offset, int lda) {
    for (int column = 0; column < n; column += BLOCK) {
      int columnEnd = Math.min(n, column + BLOCK);
      for (int row = column; row < n; row += BLOCK) {
        mirrorBlock(row, Math.min(n, row + BLOCK), column, columnEnd, a, offset, lda);
      }
    }
  }

  private static void mirrorBlock(
      int row, int rowEnd, int column, int columnEnd, double[] a, int offset, int lda) {
    for (int i = row; i < rowEnd; i++) {
      int end = Math.min(columnEnd, i);
      for (int j = column; j < end; j++) {
        a[offset + j + i * lda] = a[offset + i + j * lda];
      }
    }
  }
}
