package eigengrad.simd.scalar;

import eigengrad.simd.Level1;
import eigengrad.simd.Level2;

/** A matrix and a vector, column by column. */
final class ScalarLevel2 implements Level2 {
  private static final Level1 LEVEL1 = new ScalarLevel1();

  @Override
  public void gemv(
      int m,
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    LEVEL1.scaleOrClear(m, beta, y, yOffset);
    for (int j = 0; j < n; j++) {
      LEVEL1.axpy(m, alpha * x[xOffset + j], a, aOffset + j * lda, y, yOffset);
    }
  }

  @Override
  public void gemvTransposed(
      int m,
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    LEVEL1.scaleOrClear(n, beta, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] += alpha * LEVEL1.dot(m, a, aOffset + j * lda, x, xOffset);
    }
  }

  @Override
  public void symv(
      int n,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double beta,
      double[] y,
      int yOffset) {
    LEVEL1.scaleOrClear(n, beta, y, yOffset);
    for (int j = 0; j < n; j++) {
      int column = aOffset + j * lda;
      double scaledX = alpha * x[xOffset + j];
      double sum = 0;
      y[yOffset + j] += scaledX * a[column + j];
      for (int i = j + 1; i < n; i++) {
        double element = a[column + i];
        y[yOffset + i] += scaledX * element;
        sum += element * x[xOffset + i];
      }
      y[yOffset + j] += alpha * sum;
    }
  }

  @Override
  public void ger(
      int m,
      int n,
      double alpha,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset,
      double[] a,
      int aOffset,
      int lda) {
    for (int j = 0; j < n; j++) {
      LEVEL1.axpy(m, alpha * y[yOffset + j], x, xOffset, a, aOffset + j * lda);
    }
  }
}
