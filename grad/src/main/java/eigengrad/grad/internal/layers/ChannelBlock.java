package eigengrad.grad.internal.layers;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * Neighbouring groups of channels, as operands of matrix products with C×N feature arrays.
 *
 * <p>Groups much smaller than a register tile would leave most of it empty, so several are
 * multiplied as one: their matrices lie on the diagonal of a block whose other elements are zero or
 * ignored.
 *
 * @param gemm the product to use
 * @param groupSize d
 * @param first index of the block's first group
 * @param groups in the block
 * @param offset of the block's first channel
 * @param channels C, the leading dimension
 * @param samples N
 */
record ChannelBlock(
    Gemm gemm, int groupSize, int first, int groups, int offset, int channels, int samples) {
  private int size() {
    return groups * groupSize;
  }

  /** Puts αXYᵀ, d×d, of each group's rows of x and y into {@code products}, by group index. */
  void products(double alpha, double[] x, double[] y, DenseMatrix[] products) {
    int size = size();
    double[] block = new double[DenseMatrix.elementCount(size, size)];
    gemm.multiply(
        Transpose.NO,
        Transpose.YES,
        size,
        size,
        samples,
        alpha,
        x,
        offset,
        channels,
        y,
        offset,
        channels,
        0,
        block,
        0,
        size);
    for (int g = 0; g < groups; g++) {
      double[] product = new double[DenseMatrix.elementCount(groupSize, groupSize)];
      for (int j = 0; j < groupSize; j++) {
        System.arraycopy(block, diagonal(g) + j * size, product, j * groupSize, groupSize);
      }
      products[first + g] = DenseMatrix.wrap(groupSize, groupSize, product);
    }
  }

  /** Y ← αTX + βY on each group's rows, T its d×d matrix among {@code transforms}. */
  void transform(double alpha, DenseMatrix[] transforms, double[] x, double beta, double[] y) {
    int size = size();
    double[] block = new double[DenseMatrix.elementCount(size, size)];
    for (int g = 0; g < groups; g++) {
      double[] transform = transforms[first + g].columnMajor();
      for (int j = 0; j < groupSize; j++) {
        System.arraycopy(transform, j * groupSize, block, diagonal(g) + j * size, groupSize);
      }
    }
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        size,
        samples,
        size,
        alpha,
        block,
        0,
        size,
        x,
        offset,
        channels,
        beta,
        y,
        offset,
        channels);
  }

  /** Where group g's matrix starts in the block. */
  private int diagonal(int g) {
    return g * groupSize * (size() + 1);
  }
}
