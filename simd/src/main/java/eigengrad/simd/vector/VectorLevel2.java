package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.BY_FOUR;
import static eigengrad.simd.vector.Lanes.BY_TWO;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.Level1;
import eigengrad.simd.Level2;
import eigengrad.simd.scalar.SymmetricCorner;
import jdk.incubator.vector.DoubleVector;

/**
 * Matrix–vector kernels, four columns per pass: each load and store of the long vector is shared by
 * four columns, and four independent accumulators hide the latency of the FMA.
 */
final class VectorLevel2 implements Level2 {
  private static final Level1 LEVEL1 = new VectorLevel1();

  private static final int COLUMNS = 4;

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
    int j = 0;
    for (; j <= n - COLUMNS; j += COLUMNS) {
      addFourColumns(
          m,
          a,
          aOffset + j * lda,
          lda,
          alpha * x[xOffset + j],
          alpha * x[xOffset + j + 1],
          alpha * x[xOffset + j + 2],
          alpha * x[xOffset + j + 3],
          y,
          yOffset);
    }
    for (; j < n; j++) {
      LEVEL1.axpy(m, alpha * x[xOffset + j], a, aOffset + j * lda, y, yOffset);
    }
  }

  private static void addFourColumns(
      int m,
      double[] a,
      int column0,
      int lda,
      double x0,
      double x1,
      double x2,
      double x3,
      double[] y,
      int yOffset) {
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    DoubleVector v0 = broadcast(SPECIES, x0);
    DoubleVector v1 = broadcast(SPECIES, x1);
    DoubleVector v2 = broadcast(SPECIES, x2);
    DoubleVector v3 = broadcast(SPECIES, x3);
    int whole = SPECIES.loopBound(m);
    for (int i = 0; i < whole; i += COUNT) {
      DoubleVector even =
          fromArray(SPECIES, a, column0 + i).fma(v0, fromArray(SPECIES, y, yOffset + i));
      DoubleVector odd = fromArray(SPECIES, a, column1 + i).mul(v1);
      even = fromArray(SPECIES, a, column2 + i).fma(v2, even);
      odd = fromArray(SPECIES, a, column3 + i).fma(v3, odd);
      even.add(odd).intoArray(y, yOffset + i);
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
    LEVEL1.scaleOrClear(n, beta, y, yOffset);
    int j = 0;
    for (; j <= n - COLUMNS; j += COLUMNS) {
      addFourDots(m, alpha, a, aOffset + j * lda, lda, x, xOffset, y, yOffset + j);
    }
    for (; j < n; j++) {
      y[yOffset + j] += alpha * LEVEL1.dot(m, a, aOffset + j * lda, x, xOffset);
    }
  }

  private static void addFourDots(
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
    DoubleVector s0 = zero(SPECIES);
    DoubleVector s1 = zero(SPECIES);
    DoubleVector s2 = zero(SPECIES);
    DoubleVector s3 = zero(SPECIES);
    int whole = SPECIES.loopBound(m);
    for (int i = 0; i < whole; i += COUNT) {
      DoubleVector xi = fromArray(SPECIES, x, xOffset + i);
      s0 = fromArray(SPECIES, a, column0 + i).fma(xi, s0);
      s1 = fromArray(SPECIES, a, column1 + i).fma(xi, s1);
      s2 = fromArray(SPECIES, a, column2 + i).fma(xi, s2);
      s3 = fromArray(SPECIES, a, column3 + i).fma(xi, s3);
    }
    if (COUNT >= 8) {
      s0 = s0.add(s0.rearrange(BY_FOUR));
      s1 = s1.add(s1.rearrange(BY_FOUR));
      s2 = s2.add(s2.rearrange(BY_FOUR));
      s3 = s3.add(s3.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      s0 = s0.add(s0.rearrange(BY_TWO));
      s1 = s1.add(s1.rearrange(BY_TWO));
      s2 = s2.add(s2.rearrange(BY_TWO));
      s3 = s3.add(s3.rearrange(BY_TWO));
    }
    double t0 = s0.lane(0) + s0.lane(1);
    double t1 = s1.lane(0) + s1.lane(1);
    double t2 = s2.lane(0) + s2.lane(1);
    double t3 = s3.lane(0) + s3.lane(1);
    for (int i = whole; i < m; i++) {
      double xi = x[xOffset + i];
      t0 += a[column0 + i] * xi;
      t1 += a[column1 + i] * xi;
      t2 += a[column2 + i] * xi;
      t3 += a[column3 + i] * xi;
    }
    y[yOffset] += alpha * t0;
    y[yOffset + 1] += alpha * t1;
    y[yOffset + 2] += alpha * t2;
    y[yOffset + 3] += alpha * t3;
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
    int j = 0;
    for (; j <= n - COLUMNS; j += COLUMNS) {
      int diagonal = aOffset + j * lda + j;
      SymmetricCorner.multiply(COLUMNS, alpha, a, diagonal, lda, x, xOffset + j, y, yOffset + j);
      symvBelow(n - j - COLUMNS, alpha, a, diagonal + COLUMNS, lda, x, xOffset + j, y, yOffset + j);
    }
    int diagonal = aOffset + j * lda + j;
    SymmetricCorner.multiply(n - j, alpha, a, diagonal, lda, x, xOffset + j, y, yOffset + j);
  }

  /**
   * The rows below that triangle: four columns times x, and their transposes times the rest of x.
   */
  private static void symvBelow(
      int rows,
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
    int xBelow = xOffset + COLUMNS;
    int yBelow = yOffset + COLUMNS;
    double x0 = alpha * x[xOffset];
    double x1 = alpha * x[xOffset + 1];
    double x2 = alpha * x[xOffset + 2];
    double x3 = alpha * x[xOffset + 3];
    DoubleVector v0 = broadcast(SPECIES, x0);
    DoubleVector v1 = broadcast(SPECIES, x1);
    DoubleVector v2 = broadcast(SPECIES, x2);
    DoubleVector v3 = broadcast(SPECIES, x3);
    DoubleVector s0 = zero(SPECIES);
    DoubleVector s1 = zero(SPECIES);
    DoubleVector s2 = zero(SPECIES);
    DoubleVector s3 = zero(SPECIES);
    int whole = SPECIES.loopBound(rows);
    for (int i = 0; i < whole; i += COUNT) {
      DoubleVector a0 = fromArray(SPECIES, a, column0 + i);
      DoubleVector a1 = fromArray(SPECIES, a, column1 + i);
      DoubleVector a2 = fromArray(SPECIES, a, column2 + i);
      DoubleVector a3 = fromArray(SPECIES, a, column3 + i);
      DoubleVector xi = fromArray(SPECIES, x, xBelow + i);
      DoubleVector even = a0.fma(v0, fromArray(SPECIES, y, yBelow + i));
      DoubleVector odd = a1.mul(v1);
      s0 = a0.fma(xi, s0);
      s1 = a1.fma(xi, s1);
      s2 = a2.fma(xi, s2);
      s3 = a3.fma(xi, s3);
      even = a2.fma(v2, even);
      odd = a3.fma(v3, odd);
      even.add(odd).intoArray(y, yBelow + i);
    }
    if (COUNT >= 8) {
      s0 = s0.add(s0.rearrange(BY_FOUR));
      s1 = s1.add(s1.rearrange(BY_FOUR));
      s2 = s2.add(s2.rearrange(BY_FOUR));
      s3 = s3.add(s3.rearrange(BY_FOUR));
    }
    if (COUNT >= 4) {
      s0 = s0.add(s0.rearrange(BY_TWO));
      s1 = s1.add(s1.rearrange(BY_TWO));
      s2 = s2.add(s2.rearrange(BY_TWO));
      s3 = s3.add(s3.rearrange(BY_TWO));
    }
    double t0 = s0.lane(0) + s0.lane(1);
    double t1 = s1.lane(0) + s1.lane(1);
    double t2 = s2.lane(0) + s2.lane(1);
    double t3 = s3.lane(0) + s3.lane(1);
    for (int i = whole; i < rows; i++) {
      double xi = x[xBelow + i];
      double a0 = a[column0 + i];
      double a1 = a[column1 + i];
      double a2 = a[column2 + i];
      double a3 = a[column3 + i];
      t0 += a0 * xi;
      t1 += a1 * xi;
      t2 += a2 * xi;
      t3 += a3 * xi;
      y[yBelow + i] += (a0 * x0 + a2 * x2) + (a1 * x1 + a3 * x3);
    }
    y[yOffset] += alpha * t0;
    y[yOffset + 1] += alpha * t1;
    y[yOffset + 2] += alpha * t2;
    y[yOffset + 3] += alpha * t3;
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
