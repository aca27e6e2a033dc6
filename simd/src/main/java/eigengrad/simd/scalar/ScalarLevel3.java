package eigengrad.simd.scalar;

import eigengrad.simd.Level1;
import eigengrad.simd.Level3;

/** Tiles of a product that the registers of every processor hold. */
final class ScalarLevel3 implements Level3 {
  private static final Level1 LEVEL1 = new ScalarLevel1();

  /** 4×4 accumulators fit the 16 registers of every 64-bit processor. */
  private static final int TILE = 4;

  @Override
  public int tileRows() {
    return TILE;
  }

  @Override
  public int tileColumns() {
    return TILE;
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
    for (int j = 0; j < TILE; j++) {
      double c0 = 0;
      double c1 = 0;
      double c2 = 0;
      double c3 = 0;
      for (int p = 0; p < depth; p++) {
        double b = packedB[bOffset + p * TILE + j];
        int row = aOffset + p * TILE;
        c0 += packedA[row] * b;
        c1 += packedA[row + 1] * b;
        c2 += packedA[row + 2] * b;
        c3 += packedA[row + 3] * b;
      }
      int column = cOffset + j * ldc;
      c[column] += alpha * c0;
      c[column + 1] += alpha * c1;
      c[column + 2] += alpha * c2;
      c[column + 3] += alpha * c3;
    }
  }

  @Override
  public int unpackedColumns() {
    return 1;
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
      int column = cOffset + j * ldc;
      LEVEL1.scaleOrClear(m, beta, c, column);
      int right = bOffset + j * bColumnStride;
      int p = 0;
      for (; p <= k - 4; p += 4) {
        double b0 = alpha * b[right + p * bRowStride];
        double b1 = alpha * b[right + (p + 1) * bRowStride];
        double b2 = alpha * b[right + (p + 2) * bRowStride];
        double b3 = alpha * b[right + (p + 3) * bRowStride];
        int a0 = aOffset + p * lda;
        int a1 = a0 + lda;
        int a2 = a1 + lda;
        int a3 = a2 + lda;
        for (int i = 0; i < m; i++) {
          c[column + i] += a[a0 + i] * b0 + a[a1 + i] * b1 + a[a2 + i] * b2 + a[a3 + i] * b3;
        }
      }
      for (; p < k; p++) {
        LEVEL1.axpy(m, alpha * b[right + p * bRowStride], a, aOffset + p * lda, c, column);
      }
    }
  }
}
