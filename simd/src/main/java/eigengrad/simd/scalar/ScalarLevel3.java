package eigengrad.simd.scalar;

import static eigengrad.simd.scalar.Fused.multiplyAdd;

import eigengrad.simd.Level3;
import eigengrad.simd.RegisterTiles;

/** Tiles of a product, four rows of a column at a time. */
final class ScalarLevel3 implements Level3 {
  private final int tileRows;
  private final int tileColumns;

  ScalarLevel3(RegisterTiles tiles) {
    tileRows = tiles.gemmRows();
    tileColumns = tiles.gemmColumns();
  }

  @Override
  public int tileRows() {
    return tileRows;
  }

  @Override
  public int tileColumns() {
    return tileColumns;
  }

  @Override
  public void gemmTile(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc) {
    for (int j = 0; j < tileColumns; j++) {
      for (int i = 0; i < tileRows; i += 4) {
        double c0 = 0;
        double c1 = 0;
        double c2 = 0;
        double c3 = 0;
        int row = aOffset + i;
        int right = bOffset + j;
        for (int p = 0; p < depth; p++) {
          double b = packedB[right];
          c0 = multiplyAdd(packedA[row], b, c0);
          c1 = multiplyAdd(packedA[row + 1], b, c1);
          c2 = multiplyAdd(packedA[row + 2], b, c2);
          c3 = multiplyAdd(packedA[row + 3], b, c3);
          row += tileRows;
          right += tileColumns;
        }
        int column = cOffset + i + j * ldc;
        c[column] = multiplyAdd(c0, alpha, c[column]);
        c[column + 1] = multiplyAdd(c1, alpha, c[column + 1]);
        c[column + 2] = multiplyAdd(c2, alpha, c[column + 2]);
        c[column + 3] = multiplyAdd(c3, alpha, c[column + 3]);
      }
    }
  }

  @Override
  public int unpackedColumns() {
    return RegisterTiles.UNPACKED_COLUMNS;
  }

  @Override
  public void gemmUnpacked(
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    for (int j = 0; j < n; j++) {
      int right = bOffset + j * bColumnStride;
      for (int i = 0; i < m; i += 2) {
        twoRows(
            k, alpha, a, aOffset + i, lda, b, right, bRowStride, beta, c, cOffset + i + j * ldc);
      }
    }
  }

  /** As many as every vector has. */
  private static void twoRows(
      int k,
      double alpha,
      double[] a,
      int row,
      int lda,
      double[] b,
      int right,
      int bRowStride,
      double beta,
      double[] c,
      int at) {
    double c0 = 0;
    double c1 = 0;
    int left = row;
    int factor = right;
    for (int p = 0; p < k; p++) {
      c0 = multiplyAdd(a[left], b[factor], c0);
      c1 = multiplyAdd(a[left + 1], b[factor], c1);
      left += lda;
      factor += bRowStride;
    }
    if (beta == 0) {
      c[at] = c0 * alpha;
      c[at + 1] = c1 * alpha;
    } else {
      c[at] = multiplyAdd(c0, alpha, c[at] * beta);
      c[at + 1] = multiplyAdd(c1, alpha, c[at + 1] * beta);
    }
  }
}
