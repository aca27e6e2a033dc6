package eigengrad.simd;

import java.util.Arrays;

/**
 * The matrix product C ← α·op(A)·op(B) + βC, packed and blocked around {@link Kernels#gemmTile}.
 *
 * <p>Blocks of op(B) and of op(A) are copied into tile order, so that the tile reads both without
 * strides and the transposes cost only in the copy. An instance owns those two buffers: reuse it to
 * allocate nothing, and give each thread its own.
 *
 * <p>Cost: 2·m·n·k flops. Source: K. Goto and R. A. van de Geijn, <i>Anatomy of High-Performance
 * Matrix Multiplication</i>, ACM TOMS 34 (2008), figure 8; F. G. Van Zee and R. A. van de Geijn,
 * <i>BLIS</i>, ACM TOMS 41 (2015).
 */
public final class Gemm {
  private final Kernels kernels;
  private final int tileRows;
  private final int tileColumns;
  private final double[] edge;
  private double[] packedA = {};
  private double[] packedB = {};

  /** A product on the active kernels. */
  public Gemm() {
    this(Kernels.active());
  }

  /**
   * A product on given kernels.
   *
   * @param kernels the set to run on
   */
  public Gemm(Kernels kernels) {
    this.kernels = kernels;
    this.tileRows = kernels.tileRows();
    this.tileColumns = kernels.tileColumns();
    this.edge = new double[tileRows * tileColumns];
  }

  /**
   * C ← α·op(A)·op(B) + βC.
   *
   * @param transposeA whether op(A) is Aᵀ
   * @param transposeB whether op(B) is Bᵀ
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @param alpha α
   * @param a A as stored: m×k, or k×m when transposed
   * @param aOffset where A starts
   * @param lda leading dimension of A
   * @param b B as stored: k×n, or n×k when transposed; may be the same as A
   * @param bOffset where B starts
   * @param ldb leading dimension of B
   * @param beta β; with 0, C is overwritten
   * @param c C, updated; overlaps neither A nor B
   * @param cOffset where C starts
   * @param ldc leading dimension of C, ≥ m
   */
  public void multiply(
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
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    applyBeta(m, n, beta, c, cOffset, ldc);
    if (m == 0 || n == 0 || k == 0 || alpha == 0) {
      return;
    }
    boolean columnsOfA = transposeA == Transpose.NO;
    boolean columnsOfB = transposeB == Transpose.NO;
    int blockRows = Math.min(roundUp(m, tileRows), roundUp(Tiles.GEMM_ROWS, tileRows));
    int blockColumns =
        Math.min(roundUp(n, tileColumns), roundUp(Tiles.GEMM_BLOCK_COLUMNS, tileColumns));
    int blockDepth = Math.min(k, Tiles.GEMM_DEPTH);
    packedA = atLeast(packedA, blockRows * blockDepth);
    packedB = atLeast(packedB, blockColumns * blockDepth);
    for (int j = 0; j < n; j += blockColumns) {
      int columns = Math.min(blockColumns, n - j);
      for (int p = 0; p < k; p += blockDepth) {
        int depth = Math.min(blockDepth, k - p);
        // op(B) in strips of tileColumns columns is op(B)ᵀ in strips of as many rows.
        int bBlock = bOffset + (columnsOfB ? p + j * ldb : j + p * ldb);
        pack(!columnsOfB, columns, depth, tileColumns, b, bBlock, ldb, packedB);
        for (int i = 0; i < m; i += blockRows) {
          int rows = Math.min(blockRows, m - i);
          int aBlock = aOffset + (columnsOfA ? i + p * lda : p + i * lda);
          pack(columnsOfA, rows, depth, tileRows, a, aBlock, lda, packedA);
          multiplyBlock(rows, columns, depth, alpha, c, cOffset + i + j * ldc, ldc);
        }
      }
    }
  }

  private void applyBeta(int m, int n, double beta, double[] c, int cOffset, int ldc) {
    if (beta == 1) {
      return;
    }
    for (int j = 0; j < n; j++) {
      int column = cOffset + j * ldc;
      if (beta == 0) {
        Arrays.fill(c, column, column + m, 0);
      } else {
        kernels.scale(m, beta, c, column);
      }
    }
  }

  /**
   * Copies a block into strips of {@code tile} rows, depth-major inside a strip, zeros below the
   * last row.
   *
   * @param rowsContiguous whether neighbouring rows, rather than depths, are neighbours in memory
   */
  private void pack(
      boolean rowsContiguous,
      int rows,
      int depth,
      int tile,
      double[] source,
      int offset,
      int ld,
      double[] target) {
    for (int row = 0; row < rows; row += tile) {
      int strip = row * depth;
      int height = Math.min(tile, rows - row);
      if (height < tile) {
        Arrays.fill(target, strip, strip + tile * depth, 0);
      }
      if (rowsContiguous) {
        for (int p = 0; p < depth; p++) {
          System.arraycopy(source, offset + row + p * ld, target, strip + p * tile, height);
        }
      } else {
        kernels.transpose(depth, height, source, offset + row * ld, ld, target, strip, tile);
      }
    }
  }

  private void multiplyBlock(
      int rows, int columns, int depth, double alpha, double[] c, int cOffset, int ldc) {
    for (int j = 0; j < columns; j += tileColumns) {
      int width = Math.min(tileColumns, columns - j);
      for (int i = 0; i < rows; i += tileRows) {
        int height = Math.min(tileRows, rows - i);
        int corner = cOffset + i + j * ldc;
        if (height == tileRows && width == tileColumns) {
          kernels.gemmTile(depth, alpha, packedA, i * depth, packedB, j * depth, c, corner, ldc);
        } else {
          Arrays.fill(edge, 0);
          kernels.gemmTile(depth, alpha, packedA, i * depth, packedB, j * depth, edge, 0, tileRows);
          for (int q = 0; q < width; q++) {
            kernels.axpy(height, 1, edge, q * tileRows, c, corner + q * ldc);
          }
        }
      }
    }
  }

  private static int roundUp(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  private static double[] atLeast(double[] buffer, int length) {
    return buffer.length >= length ? buffer : new double[length];
  }
}
