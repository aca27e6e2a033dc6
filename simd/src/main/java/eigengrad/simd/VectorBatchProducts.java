package eigengrad.simd;

/** The lanes of a vector side by side: products in tiles, elementwise steps in their own file. */
final class VectorBatchProducts implements BatchProducts {
  static final VectorBatchProducts INSTANCE = new VectorBatchProducts();

  private VectorBatchProducts() {}

  @Override
  public void multiplyTransposed(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    BatchTiles.multiplyTransposed(false, n, a, aOffset, b, bOffset, c, cOffset);
  }

  @Override
  public void multiplySymmetric(
      int n, double[] a, int aOffset, double[] b, int bOffset, double[] c, int cOffset) {
    BatchTiles.multiplyTransposed(true, n, a, aOffset, b, bOffset, c, cOffset);
    BatchWeights.mirror(n, c, cOffset);
  }

  @Override
  public void transpose(int n, double[] a, int aOffset, double[] b, int bOffset) {
    BatchWeights.transpose(n, a, aOffset, b, bOffset);
  }

  @Override
  public void scaleRows(
      int n, double[] a, int aOffset, double[] d, int dOffset, double[] b, int bOffset) {
    BatchWeights.scaleRows(n, a, aOffset, d, dOffset, b, bOffset);
  }

  @Override
  public void symmetricPart(int n, double[] a, int aOffset, double[] b, int bOffset) {
    BatchWeights.symmetricPart(n, a, aOffset, b, bOffset);
  }

  @Override
  public void powerSums(int n, int terms, double[] values, int valuesOffset, double[] weights) {
    if (Lanes.COUNT < 4) {
      // C2 has no masks of two lanes on x86: each comparison would be boxed.
      ScalarBatchProducts.INSTANCE.powerSums(n, terms, values, valuesOffset, weights);
    } else {
      BatchPowerSums.sum(n, terms, values, valuesOffset, weights);
    }
  }

  @Override
  public void weighSkewPart(
      int n, double[] weights, double[] d, int dOffset, double[] c, int cOffset) {
    BatchWeights.weighSkewPart(n, weights, d, dOffset, c, cOffset);
  }

  @Override
  public void weigh(int n, double[] weights, double[] c, int cOffset) {
    BatchWeights.weigh(n, weights, c, cOffset);
  }

  @Override
  public void powerStep(
      int n, double[] a, double[] v, double[] image, double[] values, double[] residuals) {
    BatchPowerStep.step(n, a, v, image, values, residuals);
  }

  @Override
  public void normalize(int n, double[] image, double[] moving, double[] v) {
    BatchPowerStep.normalize(n, image, moving, v);
  }

  @Override
  public void multiplyVector(Transpose transposeA, int n, double[] a, double[] x, double[] y) {
    boolean plain = transposeA == Transpose.NO;
    BatchMatrixVector.multiply(n, a, plain ? 1 : n, plain ? n : 1, x, y);
  }

  @Override
  public void unitVector(int n, double[] x, double[] unit, double[] norms) {
    BatchUnitVectors.normalize(n, x, unit, norms);
  }

  @Override
  public void unitVectorCotangent(int n, double[] unit, double[] norms, double[] cotangent) {
    BatchUnitVectors.pullBack(n, unit, norms, cotangent);
  }

  @Override
  public void deflate(int n, double[] image, double[] v, double[] a) {
    BatchPowerStep.deflate(n, image, v, a);
  }
}
