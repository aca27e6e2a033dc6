package eigengrad.simd;

import java.util.Arrays;

/**
 * The large matrix product, packed and blocked around {@link Level3#gemmTile}.
 *
 * <p>Blocks of op(B) and of op(A) are copied into tile order, so that the tile reads both without
 * strides and the transposes cost only in the copy.
 *
 * <p>Source: K. Goto and R. A. van de Geijn, <i>Anatomy of High-Performance Matrix
 * Multiplication</i>, ACM TOMS 34 (2008), figure 8; F. G. Van Zee and R. A. van de Geijn,
 * <i>BLIS</i>, ACM TOMS 41 (2015).
 */
final class PackedGemm {
  /** Depth of a packed block: a 12-column strip of B (24 KB) stays in a 32 KB first-level cache. */
  static final int DEPTH = 256;

  /**
   * Rows of a packed block of A: 256 × 192 doubles (384 KB) stay in a 512 KB second-level cache.
   */
  static final int ROWS = 192;

  /** Columns of a packed block of B: 256 × 1024 doubles (2 MB) stay in the last-level cache. */
  static final int BLOCK_COLUMNS = 1024;

  private final KernelSet kernels;
  private final int tileRows;
  private final int tileColumns;
  private double[] edge = Buffers.NONE;
  private double[] packedA = Buffers.NONE;
  private double[] packedB = Buffers.NONE;

  PackedGemm(KernelSet kernels) {
    this.kernels = kernels;
    this.tileRows = kernels.level3().tileRows();
    this.tileColumns = kernels.level3().tileColumns();
  }

  /** C ← α·op(A)·op(B) + C; with {@code lower}, of C the lower triangle only. */
  void multiply(
      boolean lower,
      Transpose transposeA,
      Transpose transposeB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int ldb,
      double[] c,
      int cOffset,
      int ldc) {
    boolean columnsOfA = transposeA == Transpose.NO;
    boolean columnsOfB = transposeB == Transpose.NO;
    int blockRows = blockSize(m, ROWS, tileRows);
    int blockColumns = blockSize(n, BLOCK_COLUMNS, tileColumns);
    int blockDepth = Math.min(k, DEPTH);
    packedA = Buffers.atLeast(packedA, blockRows * blockDepth);
    packedB = Buffers.atLeast(packedB, blockColumns * blockDepth);
    for (int j = 0; j < n; j += blockColumns) {
      int columns = Math.min(blockColumns, n - j);
      for (int p = 0; p < k; p += blockDepth) {
        int depth = Math.min(blockDepth, k - p);
        // op(B) in strips of tileColumns columns is op(B)ᵀ in strips of as many rows.
        int bBlock = bOffset + (columnsOfB ? p + j * ldb : j + p * ldb);
        Packing.pack(kernels, !columnsOfB, columns, depth, tileColumns, b, bBlock, ldb, packedB);
        for (int i = lower ? j : 0; i < m; i += blockRows) {
          int rows = Math.min(blockRows, m - i);
          int aBlock = aOffset + (columnsOfA ? i + p * lda : p + i * lda);
          Packing.pack(kernels, columnsOfA, rows, depth, tileRows, a, aBlock, lda, packedA);
          int diagonal = lower ? j - i : -columns;
          multiplyBlock(rows, columns, depth, diagonal, alpha, c, cOffset + i + j * ldc, ldc);
        }
      }
    }
  }

  private static int blockSize(int size, int block, int tile) {
    return Math.min(Buffers.roundUp(size, tile), Buffers.roundUp(block, tile));
  }

  /**
   * @param diagonal the first row to update in the block's first column, each column's being one
   *     further down; none is left out where it is negative
   */
  private void multiplyBlock(
      int rows,
      int columns,
      int depth,
      int diagonal,
      double alpha,
      double[] c,
      int cOffset,
      int ldc) {
    for (int j = 0; j < columns; j += tileColumns) {
      int width = Math.min(tileColumns, columns - j);
      for (int i = 0; i < rows; i += tileRows) {
        int height = Math.min(tileRows, rows - i);
        int corner = cOffset + i + j * ldc;
        int above = diagonal + j - i;
        if (above >= height) {
          continue;
        }
        if (height == tileRows && width == tileColumns && above + width <= 1) {
          kernels
              .level3()
              .gemmTile(depth, alpha, packedA, i * depth, packedB, j * depth, c, corner, ldc);
          continue;
        }
        edge = Buffers.atLeast(edge, tileRows * tileColumns);
        Arrays.fill(edge, 0);
        kernels
            .level3()
            .gemmTile(depth, alpha, packedA, i * depth, packedB, j * depth, edge, 0, tileRows);
        for (int q = 0; q < width; q++) {
          int first = Math.max(0, above + q);
          if (first < height) {
            int from = first + q * tileRows;
            kernels.level1().axpy(height - first, 1, edge, from, c, corner + first + q * ldc);
          }
        }
      }
    }
  }
}
