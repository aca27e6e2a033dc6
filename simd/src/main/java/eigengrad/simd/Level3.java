package eigengrad.simd;

/** The tiles that {@link Gemm} puts a product together of. */
public interface Level3 {
  /**
   * Rows of the block of C that {@link #gemmTile} updates.
   *
   * @return rows, ≥ 1
   */
  int tileRows();

  /**
   * Columns of the block of C that {@link #gemmTile} updates.
   *
   * @return columns, ≥ 1
   */
  int tileColumns();

  /**
   * C ← C + αAB for one full tile of C and packed operands; {@link Gemm} does the packing.
   *
   * @param depth columns of A and rows of B
   * @param alpha α
   * @param packedA {@link #tileRows()} rows, column after column without gaps
   * @param aOffset where A starts
   * @param packedB {@link #tileColumns()} columns, row after row without gaps
   * @param bOffset where B starts
   * @param c updated
   * @param cOffset where the tile of C starts
   * @param ldc leading dimension of C
   */
  void gemmTile(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc);

  /**
   * What the columns of C in {@link #gemmUnpacked} must be a multiple of.
   *
   * @return columns, ≥ 1
   */
  int unpackedColumns();

  /**
   * C ← αA·B + βC on operands where they lie, B by strides so that it may be transposed; {@link
   * Gemm} sees to sizes that are not such multiples.
   *
   * @param m rows of A and C, a multiple of {@link KernelSet#lanes()}
   * @param n columns of B and C, a multiple of {@link #unpackedColumns()}
   * @param k columns of A and rows of B, ≥ 1
   * @param alpha α
   * @param a A
   * @param aOffset where A starts
   * @param lda leading dimension of A, ≥ m
   * @param b B; may be the same as A
   * @param bOffset where B starts
   * @param bRowStride from an element of B to the one below
   * @param bColumnStride from an element of B to the one beside
   * @param beta β; with 0, C is overwritten
   * @param c updated; overlaps neither A nor B
   * @param cOffset where C starts
   * @param ldc leading dimension of C, ≥ m
   */
  void gemmUnpacked(
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
      int ldc);
}
