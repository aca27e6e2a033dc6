package eigengrad.grad;

import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * d neighbouring rows of C×N feature arrays, as operands of matrix products.
 *
 * @param gemm the product to use
 * @param size d
 * @param offset of the first of the rows
 * @param channels C, the leading dimension
 * @param samples N
 */
record ChannelGroup(Gemm gemm, int size, int offset, int channels, int samples) {

  /** αXYᵀ, d×d, of this group's rows of x and y. */
  double[] product(double alpha, double[] x, double[] y) {
    double[] result = new double[size * size];
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
        result,
        0,
        size);
    return result;
  }

  /** Y ← TX + βY on this group's rows, T d×d. */
  void transform(double[] t, double[] x, double beta, double[] y) {
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        size,
        samples,
        size,
        1,
        t,
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
}
