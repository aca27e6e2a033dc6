package eigengrad.simd.vector;

import eigengrad.simd.Level3;

/** Tiles of a product that fill the vector registers. */
final class VectorLevel3 implements Level3 {
  @Override
  public int tileRows() {
    return GemmTile.ROWS;
  }

  @Override
  public int tileColumns() {
    return GemmTile.COLUMNS;
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
    if (GemmTile.COLUMNS == 12) {
      GemmTile.twelveColumns(depth, alpha, packedA, aOffset, packedB, bOffset, c, cOffset, ldc);
    } else {
      GemmTile.fiveColumns(depth, alpha, packedA, aOffset, packedB, bOffset, c, cOffset, ldc);
    }
  }

  @Override
  public int unpackedColumns() {
    return FourColumnTile.COLUMNS;
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
    int j = 0;
    if (Tiles.SIZES.manyRegisters()) {
      for (; j <= n - EightColumnTile.COLUMNS; j += EightColumnTile.COLUMNS) {
        int right = bOffset + j * bColumnStride;
        int target = cOffset + j * ldc;
        EightColumnTile.multiply(
            m,
            k,
            alpha,
            a,
            aOffset,
            lda,
            b,
            right,
            bRowStride,
            bColumnStride,
            beta,
            c,
            target,
            ldc);
      }
    }
    for (; j < n; j += FourColumnTile.COLUMNS) {
      int right = bOffset + j * bColumnStride;
      int target = cOffset + j * ldc;
      FourColumnTile.multiply(
          m, k, alpha, a, aOffset, lda, b, right, bRowStride, bColumnStride, beta, c, target, ldc);
    }
  }
}
