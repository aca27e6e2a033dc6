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
 * @param channels C, the leading dimension
 * @param samples N
 */
public record ChannelBlock(
    Gemm gemm, int groupSize, int first, int groups, int channels, int samples) {
  /** Rows that fill a register tile of two 512-bit vectors. */
  private static final int ENOUGH_ROWS = 16;

  /** All blocks, in order; the last may hold fewer groups. */
  public static ChannelBlock[] split(int groupSize, int channels, int samples) {
    int groupCount = channels / groupSize;
    int together = Math.max(1, ENOUGH_ROWS / groupSize);
    ChannelBlock[] blocks = new ChannelBlock[(groupCount + together - 1) / together];
    Gemm gemm = new Gemm();
    for (int b = 0; b < blocks.length; b++) {
      int first = b * together;
      int groups = Math.min(together, groupCount - first);
      blocks[b] = new ChannelBlock(gemm, groupSize, first, groups, channels, samples);
    }
    return blocks;
  }

  private int size() {
    return groups * groupSize;
  }

  private int offset() {
    return first * groupSize;
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
        offset(),
        channels,
        y,
        offset(),
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
  public void transform(
      double alpha, DenseMatrix[] transforms, double[] x, double beta, double[] y) {
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
        offset(),
        channels,
        beta,
        y,
        offset(),
        channels);
  }

  /** Where group g's matrix starts in the block. */
  private int diagonal(int g) {
    return g * groupSize * (size() + 1);
  }
}
