package eigengrad.simd.scalar;

import eigengrad.simd.Transposition;

/** A matrix and its transpose, element by element. */
public final class ScalarTransposition implements Transposition {
  /** Elements up to which a matrix is transposed at once: all that GEMM copies, 128 KB. */
  public static final int AT_ONCE = 1 << 14;

  /**
   * Rows of a larger matrix that are transposed together. They become columns that, at a leading
   * dimension of a power of two, share one cache set of 8 or 12 lines, and a line must still be
   * there when the next columns of the source fill the rest of it.
   */
  public static final int ROWS = 8;

  /** Columns per pass: what it reads of a row is then whole cache lines, and stays in the cache. */
  private static final int COLUMNS = 32;

  /** Plain loops. */
  public ScalarTransposition() {}

  @Override
  public void transpose(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    int rows = m * n <= AT_ONCE ? m : ROWS;
    for (int row = 0; row < m; row += rows) {
      int end = Math.min(m, row + rows);
      for (int j = 0; j < n; j++) {
        for (int i = row; i < end; i++) {
          b[bOffset + j + i * ldb] = a[aOffset + i + j * lda];
        }
      }
    }
  }

  @Override
  public double maxAsymmetry(int n, double[] a, int aOffset) {
    double largest = 0;
    for (int left = 0; left < n; left += COLUMNS) {
      for (int i = left; i < n; i++) {
        int end = Math.min(left + COLUMNS, i);
        for (int j = left; j < end; j++) {
          double below = a[aOffset + i + j * n];
          double above = a[aOffset + j + i * n];
          largest = Math.max(largest, Math.abs(below - above));
        }
      }
    }
    return largest;
  }
}
