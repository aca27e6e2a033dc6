package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

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
    for (int j = 0; j < n; j += RegisterTiles.UNPACKED_COLUMNS) {
      int right = bOffset + j * bColumnStride;
      for (int i = 0; i < m; i += 2) {
        int at = cOffset + i + j * ldc;
        twoByFour(
            k, alpha, a, aOffset + i, lda, b, right, bRowStride, bColumnStride, beta, c, at, ldc);
      }
    }
  }

  /** Two rows, as many as every vector has, and four columns. */
  private static void twoByFour(
      int k,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int column0,
      int bRowStride,
      int bColumnStride,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    int column1 = column0 + bColumnStride;
    int column2 = column1 + bColumnStride;
    int column3 = column2 + bColumnStride;
    double p0 = 0;
    double q0 = 0;
    double p1 = 0;
    double q1 = 0;
    double p2 = 0;
    double q2 = 0;
    double p3 = 0;
    double q3 = 0;
    int left = aOffset;
    int row = 0;
    for (int step = 0; step < k; step++) {
      double upper = a[left];
      double lower = a[left + 1];
      p0 = multiplyAdd(upper, b[column0 + row], p0);
      q0 = multiplyAdd(lower, b[column0 + row], q0);
      p1 = multiplyAdd(upper, b[column1 + row], p1);
      q1 = multiplyAdd(lower, b[column1 + row], q1);
      p2 = multiplyAdd(upper, b[column2 + row], p2);
      q2 = multiplyAdd(lower, b[column2 + row], q2);
      p3 = multiplyAdd(upper, b[column3 + row], p3);
      q3 = multiplyAdd(lower, b[column3 + row], q3);
      left += lda;
      row += bRowStride;
    }
    write(p0, q0, alpha, beta, c, cOffset);
    write(p1, q1, alpha, beta, c, cOffset + ldc);
    write(p2, q2, alpha, beta, c, cOffset + 2 * ldc);
    write(p3, q3, alpha, beta, c, cOffset + 3 * ldc);
  }

  private static void write(
      double upper, double lower, double alpha, double beta, double[] c, int at) {
    if (beta == 0) {
      c[at] = upper * alpha;
      c[at + 1] = lower * alpha;
    } else {
      c[at] = multiplyAdd(upper, alpha, c[at] * beta);
      c[at + 1] = multiplyAdd(lower, alpha, c[at + 1] * beta);
    }
  }
}
