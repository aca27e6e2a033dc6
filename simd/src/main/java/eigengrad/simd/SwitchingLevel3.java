package eigengrad.simd;

import static eigengrad.simd.Kernel.GEMM_TILE;
import static eigengrad.simd.Kernel.GEMM_UNPACKED;
import static eigengrad.simd.Kernel.GEMM_UNPACKED_EIGHTS;
import static eigengrad.simd.Kernel.GEMM_UNPACKED_PAIRS;

import eigengrad.simd.vector.VectorKernels;

/** Tiles of a product: each kernel in plain loops until it is compiled. */
final class SwitchingLevel3 implements Level3 {
  static final Level3 FAMILY = new SwitchingLevel3();

  private static final Level3 LOOPS = SwitchingKernels.SCALAR.level3();

  private SwitchingLevel3() {}

  private static Level3 side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.level3() : LOOPS;
  }

  /** The kernel of the largest tiles that an m×n product can do with. */
  private static Level3 side(int m, int n) {
    RegisterTiles tiles = SwitchingKernels.TILES;
    if (!tiles.manyRegisters() || n % RegisterTiles.MANY_COLUMNS != 0) {
      return side(GEMM_UNPACKED);
    }
    return m % (2 * tiles.lanes()) == 0 ? side(GEMM_UNPACKED_PAIRS) : side(GEMM_UNPACKED_EIGHTS);
  }

  @Override
  public int tileRows() {
    return LOOPS.tileRows();
  }

  @Override
  public int tileColumns() {
    return LOOPS.tileColumns();
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
    side(GEMM_TILE).gemmTile(depth, alpha, packedA, aOffset, packedB, bOffset, c, cOffset, ldc);
  }

  @Override
  public int unpackedColumns() {
    return LOOPS.unpackedColumns();
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
    side(m, n)
        .gemmUnpacked(
            m,
            n,
            k,
            alpha,
            a,
            aOffset,
            lda,
            b,
            bOffset,
            bRowStride,
            bColumnStride,
            beta,
            c,
            cOffset,
            ldc);
  }
}
