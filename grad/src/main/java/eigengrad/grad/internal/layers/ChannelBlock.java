package eigengrad.grad.internal.layers;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;
import java.util.List;

/**
 * Neighbouring groups of channels, as operands of matrix products with C×N feature arrays.
 *
 * <p>Groups much smaller than a register tile would leave most of it empty, so several are
 * multiplied as one: their matrices lie on the diagonal of a square array whose other elements are
 * zero or ignored.
 *
 * @param groupSize d
 * @param first index of the block's first group
 * @param groups in the block
 * @param offset of the block's first channel
 * @param channels C, the leading dimension of features
 */
record ChannelBlock(int groupSize, int first, int groups, int offset, int channels) {

  private int size() {
    return groups * groupSize;
  }

  /** A square array of zeros for each block. */
  static double[][] zeros(List<ChannelBlock> blocks) {
    return blocks.stream()
        .map(block -> new double[DenseMatrix.elementCount(block.size(), block.size())])
        .toArray(double[][]::new);
  }

  /** The square array of each block that has its groups' matrices on the diagonal. */
  static double[][] diagonals(List<ChannelBlock> blocks, DenseMatrix[] matrices) {
    double[][] diagonals = zeros(blocks);
    for (int b = 0; b < diagonals.length; b++) {
      blocks.get(b).putOnDiagonal(matrices, diagonals[b]);
    }
    return diagonals;
  }

  private void putOnDiagonal(DenseMatrix[] matrices, double[] block) {
    for (int g = 0; g < groups; g++) {
      double[] matrix = matrices[first + g].columnMajor();
      for (int j = 0; j < groupSize; j++) {
        System.arraycopy(matrix, j * groupSize, block, diagonal(g) + j * size(), groupSize);
      }
    }
  }

  /** Takes each group's matrix from the diagonal of the block. */
  void takeFromDiagonal(double[] block, DenseMatrix[] matrices) {
    for (int g = 0; g < groups; g++) {
      double[] matrix = new double[groupSize * groupSize];
      for (int j = 0; j < groupSize; j++) {
        System.arraycopy(block, diagonal(g) + j * size(), matrix, j * groupSize, groupSize);
      }
      matrices[first + g] = DenseMatrix.wrap(groupSize, groupSize, matrix);
    }
  }

  /** Takes α times each group's lower triangle from the diagonal, and mirrors it. */
  void lowerTriangles(double alpha, double[] block, DenseMatrix[] matrices) {
    for (int g = 0; g < groups; g++) {
      double[] matrix = new double[groupSize * groupSize];
      for (int j = 0; j < groupSize; j++) {
        for (int i = j; i < groupSize; i++) {
          double element = alpha * block[diagonal(g) + i + j * size()];
          matrix[i + j * groupSize] = element;
          matrix[j + i * groupSize] = element;
        }
      }
      matrices[first + g] = DenseMatrix.wrap(groupSize, groupSize, matrix);
    }
  }

  /** Where group g's matrix starts in the block. */
  private int diagonal(int g) {
    return g * groupSize * (size() + 1);
  }

  /** block ← block + XXᵀ, lower triangle, X the block's rows of {@code x}. */
  void addSquare(Gemm gemm, double[] x, int samples, double[] block) {
    gemm.syrk(Transpose.NO, size(), samples, 1, x, offset, channels, 1, block, 0, size());
  }

  /** block ← block + XYᵀ, X and Y the block's rows of {@code x} from {@code xAt} and of y. */
  void addProduct(Gemm gemm, double[] x, int xAt, double[] y, int samples, double[] block) {
    int n = size();
    int from = xAt + offset;
    gemm.multiply(
        Transpose.NO,
        Transpose.YES,
        n,
        n,
        samples,
        1,
        x,
        from,
        channels,
        y,
        offset,
        channels,
        1,
        block,
        0,
        n);
  }

  /** Y ← Y + TX on the block's rows, T its square array. */
  void addTransformed(
      Gemm gemm, double[] block, double[] x, int xAt, double[] y, int yAt, int samples) {
    int n = size();
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        n,
        samples,
        n,
        1,
        block,
        0,
        n,
        x,
        xAt + offset,
        channels,
        1,
        y,
        yAt + offset,
        channels);
  }
}
