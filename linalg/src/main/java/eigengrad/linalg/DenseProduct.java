package eigengrad.linalg;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/** Products with a symmetric matrix in memory: SYMV for one vector, GEMM for several. */
final class DenseProduct implements SymmetricProduct {
  /**
   * Elements in a panel of rows of M that are multiplied together: a part of the second-level
   * cache, so that {@link Gemm} reads them where they lie. It would copy a larger panel, which does
   * not pay for few vectors.
   */
  private static final int PANEL = 1 << 16;

  /** A register tile of two 512-bit vectors. */
  private static final int FEWEST_ROWS = 16;

  private final int n;
  private final double[] m;
  private final Gemm gemm = new Gemm();

  /** The product with a matrix known to be symmetric. */
  DenseProduct(DenseMatrix matrix) {
    this.n = matrix.rows();
    this.m = matrix.columnMajor();
  }

  @Override
  public void multiply(double[] x, double[] y) {
    requireOrder(x.length);
    Kernels.level2().symv(n, 1, m, 0, n, x, 0, 0, y, 0);
  }

  @Override
  public void multiply(int order, int columns, double[] x, double[] y) {
    requireOrder(order);
    if (columns == 1) {
      multiply(x, y);
      return;
    }
    int rows = Math.max(FEWEST_ROWS, PANEL / Math.max(1, n) / FEWEST_ROWS * FEWEST_ROWS);
    for (int i = 0; i < n; i += rows) {
      gemm.multiply(
          Transpose.NO,
          Transpose.NO,
          Math.min(rows, n - i),
          columns,
          n,
          1,
          m,
          i,
          n,
          x,
          0,
          n,
          0,
          y,
          i,
          n);
    }
  }

  private void requireOrder(int order) {
    if (order != n) {
      throw new IllegalArgumentException(
          "product must be with a matrix of the vectors' order " + order + ", got " + n);
    }
  }
}
