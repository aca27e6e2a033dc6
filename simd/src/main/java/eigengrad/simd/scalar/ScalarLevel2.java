package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

import eigengrad.simd.Level1;
import eigengrad.simd.Level2;

/** A matrix and a vector, four columns per pass. */
final class ScalarLevel2 implements Level2 {
  private static final int COLUMNS = 4;

  private final int lanes;
  private final Level1 level1;

  ScalarLevel2(int lanes) {
    this.lanes = lanes;
    this.level1 = new ScalarLevel1(lanes);
  }

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
    level1.scaleOrClear(m, beta, y, yOffset);
    int j = 0;
    for (; j <= n - COLUMNS; j += COLUMNS) {
      addFourColumns(m, alpha, a, aOffset + j * lda, lda, x, xOffset + j, y, yOffset);
    }
    for (; j < n; j++) {
      level1.axpy(m, alpha * x[xOffset + j], a, aOffset + j * lda, y, yOffset);
    }
  }

  /** y ← αAx + y. */
  private void addFourColumns(
      int m,
      double alpha,
      double[] a,
      int column0,
      int lda,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset) {
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    double x0 = alpha * x[xOffset];
    double x1 = alpha * x[xOffset + 1];
    double x2 = alpha * x[xOffset + 2];
    double x3 = alpha * x[xOffset + 3];
    int whole = m - m % lanes;
    for (int i = 0; i < whole; i++) {
      double even = multiplyAdd(a[column0 + i], x0, y[yOffset + i]);
      even = multiplyAdd(a[column2 + i], x2, even);
      y[yOffset + i] = even + multiplyAdd(a[column3 + i], x3, a[column1 + i] * x1);
    }
    for (int i = whole; i < m; i++) {
      y[yOffset + i] +=
          (a[column0 + i] * x0 + a[column2 + i] * x2) + (a[column1 + i] * x1 + a[column3 + i] * x3);
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
    level1.scaleOrClear(n, beta, y, yOffset);
    int j = 0;
    for (; j <= n - COLUMNS; j += COLUMNS) {
      addFourDots(m, alpha, a, aOffset + j * lda, lda, x, xOffset, y, yOffset + j);
    }
    for (; j < n; j++) {
      y[yOffset + j] += alpha * level1.dot(m, a, aOffset + j * lda, x, xOffset);
    }
  }

  /** y ← αAᵀx + y. */
  private void addFourDots(
      int m,
      double alpha,
      double[] a,
      int column0,
      int lda,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset) {
    int whole = m - m % lanes;
    for (int k = 0; k < COLUMNS; k++) {
      int column = column0 + k * lda;
      double sum = LaneDots.dot(lanes, whole, a, column, x, xOffset);
      for (int i = whole; i < m; i++) {
        sum += a[column + i] * x[xOffset + i];
      }
      y[yOffset + k] += alpha * sum;
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
    level1.scaleOrClear(n, beta, y, yOffset);
    int j = 0;
    for (; j <= n - COLUMNS; j += COLUMNS) {
      int diagonal = aOffset + j * lda + j;
      int below = n - j - COLUMNS;
      int next = j + COLUMNS;
      SymmetricCorner.multiply(COLUMNS, alpha, a, diagonal, lda, x, xOffset + j, y, yOffset + j);
      addFourColumns(below, alpha, a, diagonal + COLUMNS, lda, x, xOffset + j, y, yOffset + next);
      addFourDots(below, alpha, a, diagonal + COLUMNS, lda, x, xOffset + next, y, yOffset + j);
    }
    int diagonal = aOffset + j * lda + j;
    SymmetricCorner.multiply(n - j, alpha, a, diagonal, lda, x, xOffset + j, y, yOffset + j);
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
      level1.axpy(m, alpha * y[yOffset + j], x, xOffset, a, aOffset + j * lda);
    }
  }
}
