package eigengrad.simd;

import static eigengrad.simd.Kernel.BATCH_PRODUCTS;
import static eigengrad.simd.Kernel.BATCH_VECTORS;

import eigengrad.simd.vector.VectorKernels;

/** Products of lane blocks: each kernel in plain loops until it is compiled. */
final class SwitchingBatchProducts implements BatchProducts {
  static final BatchProducts FAMILY = new SwitchingBatchProducts();

  private static final BatchProducts LOOPS = SwitchingKernels.SCALAR.batchProducts();

  private SwitchingBatchProducts() {}

  private static BatchProducts side(Kernel kernel) {
    return kernel.isCompiled() ? VectorKernels.SET.batchProducts() : LOOPS;
  }

  @Override
  public void multiplyTransposed(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    side(BATCH_PRODUCTS).multiplyTransposed(n, a, aOffset, b, bOffset, c, cOffset);
  }

  @Override
  public void multiplySymmetric(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    side(BATCH_PRODUCTS).multiplySymmetric(n, a, aOffset, b, bOffset, c, cOffset);
  }

  @Override
  public void transpose(int n, double[] a, int aOffset, double[] b, int bOffset) {
    side(BATCH_PRODUCTS).transpose(n, a, aOffset, b, bOffset);
  }

  @Override
  public void scaleRows(
      int n, double[] a, int aOffset, double[] d, int dOffset, double[] b, int bOffset) {
    side(BATCH_PRODUCTS).scaleRows(n, a, aOffset, d, dOffset, b, bOffset);
  }

  @Override
  public void symmetricPart(int n, double[] a, int aOffset, double[] b, int bOffset) {
    side(BATCH_PRODUCTS).symmetricPart(n, a, aOffset, b, bOffset);
  }

  @Override
  public void powerSums(int n, int terms, double[] values, int valuesOffset, double[] weights) {
    side(BATCH_PRODUCTS).powerSums(n, terms, values, valuesOffset, weights);
  }

  @Override
  public void weighSkewPart(
      int n, double[] weights, double[] d, int dOffset, double[] c, int cOffset) {
    side(BATCH_PRODUCTS).weighSkewPart(n, weights, d, dOffset, c, cOffset);
  }

  @Override
  public void weigh(int n, double[] weights, double[] c, int cOffset) {
    side(BATCH_PRODUCTS).weigh(n, weights, c, cOffset);
  }

  @Override
  public void powerStep(
      int n, double[] a, double[] v, double[] image, double[] values, double[] residuals) {
    side(BATCH_VECTORS).powerStep(n, a, v, image, values, residuals);
  }

  @Override
  public void normalize(int n, double[] image, double[] moving, double[] v) {
    side(BATCH_VECTORS).normalize(n, image, moving, v);
  }

  @Override
  public void deflate(int n, double[] image, double[] v, double[] a) {
    side(BATCH_VECTORS).deflate(n, image, v, a);
  }

  @Override
  public void multiplyVector(Transpose transposeA, int n, double[] a, double[] x, double[] y) {
    side(BATCH_VECTORS).multiplyVector(transposeA, n, a, x, y);
  }

  @Override
  public void unitVector(int n, double[] x, double[] unit, double[] norms) {
    side(BATCH_VECTORS).unitVector(n, x, unit, norms);
  }

  @Override
  public void unitVectorCotangent(int n, double[] unit, double[] norms, double[] cotangent) {
    side(BATCH_VECTORS).unitVectorCotangent(n, unit, norms, cotangent);
  }
}
