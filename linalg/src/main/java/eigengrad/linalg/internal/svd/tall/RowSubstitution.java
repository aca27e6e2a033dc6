package eigengrad.linalg.internal.svd.tall;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * X ← XL⁻ᵀ for a lower triangular L: every row of X is solved for by substitution, so that its
 * error is that of a small change of L, however ill-conditioned L is. Cost: n² flops a row.
 */
final class RowSubstitution {
  /** Columns that are solved for one by one; those before them are subtracted by a product. */
  private static final int BLOCK = 8;

  private final Gemm gemm = new Gemm();

  /**
   * X ← XL⁻ᵀ.
   *
   * @param rows of X
   * @param n columns of X, order of L
   * @param l L, its lower triangle read
   * @param lOffset where L starts
   * @param ldl its leading dimension
   * @param x X, overwritten
   * @param xOffset where X starts
   * @param ldx its leading dimension
   */
  void solve(int rows, int n, double[] l, int lOffset, int ldl, double[] x, int xOffset, int ldx) {
    for (int first = 0; first < n; first += BLOCK) {
      int end = Math.min(first + BLOCK, n);
      gemm.multiply(
          Transpose.NO,
          Transpose.YES,
          rows,
          end - first,
          first,
          -1,
          x,
          xOffset,
          ldx,
          l,
          lOffset + first,
          ldl,
          1,
          x,
          xOffset + first * ldx,
          ldx);
      for (int j = first; j < end; j++) {
        int column = xOffset + j * ldx;
        int row = lOffset + j;
        for (int k = first; k < j; k++) {
          Kernels.level1().axpy(rows, -l[row + k * ldl], x, xOffset + k * ldx, x, column);
        }
        Kernels.level1().scale(rows, 1 / l[row + j * ldl], x, column);
      }
    }
  }
}
