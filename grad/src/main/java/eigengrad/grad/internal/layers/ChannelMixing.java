package eigengrad.grad.internal.layers;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/** Products of C×C matrices, which mix channels, with C×N features, column-major. */
final class ChannelMixing {
  private ChannelMixing() {}

  /** TX. */
  static double[] of(DenseMatrix t, double[] x) {
    double[] mixed = new double[x.length];
    add(1, t, x, 0, mixed);
    return mixed;
  }

  /** Y ← αTX + βY. */
  static void add(double alpha, DenseMatrix t, double[] x, double beta, double[] y) {
    int channels = t.rows();
    new Gemm()
        .multiply(
            Transpose.NO,
            Transpose.NO,
            channels,
            x.length / channels,
            channels,
            alpha,
            t.columnMajor(),
            x,
            beta,
            y);
  }

  /** XYᵀ, C×C. */
  static double[] product(int channels, double[] x, double[] y) {
    double[] product = new double[DenseMatrix.elementCount(channels, channels)];
    new Gemm()
        .multiply(
            Transpose.NO, Transpose.YES, channels, channels, x.length / channels, x, y, product);
    return product;
  }
}
