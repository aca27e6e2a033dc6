package eigengrad.simd;

import static eigengrad.simd.Lanes.BY_FOUR;
import static eigengrad.simd.Lanes.BY_TWO;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * A rank-2 update and a product with the updated matrix in one pass, four columns at a time: what
 * Householder reduction does to the trailing matrix in every step. 12 broadcasts, 4 sums and 8
 * operands want 32 registers.
 */
final class FusedUpdate {
  private static final int COLUMNS = 4;

  private FusedUpdate() {}

  /** A ← A − pqᵀ − qpᵀ, then y ← Ax + y, as far as the first columns of A take part. */
  static void syr2Symv(
      int n,
      int columns,
      double[] p,
      int pOffset,
      double[] q,
      int qOffset,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset) {
    int j = 0;
    for (; j <= columns - COLUMNS; j += COLUMNS) {
      int diagonal = aOffset + j * lda + j;
      corner(
          COLUMNS,
          COLUMNS,
          p,
          pOffset + j,
          q,
          qOffset + j,
          a,
          diagonal,
          lda,
          x,
          xOffset + j,
          y,
          yOffset + j);
      below(
          n - j - COLUMNS,
          p,
          pOffset + j,
          q,
          qOffset + j,
          a,
          diagonal + COLUMNS,
          lda,
          x,
          xOffset + j,
          y,
          yOffset + j);
    }
    int diagonal = aOffset + j * lda + j;
    corner(
        columns - j,
        n - j,
        p,
        pOffset + j,
        q,
        qOffset + j,
        a,
        diagonal,
        lda,
        x,
        xOffset + j,
        y,
        yOffset + j);
  }

  /** The small triangle on the diagonal, or the last few columns. */
  private static void corner(
      int columns,
      int rows,
      double[] p,
      int pOffset,
      double[] q,
      int qOffset,
      double[] a,
      int diagonal,
      int lda,
      double[] x,
      int xOffset,
      double[] y,
      int yOffset) {
    for (int j = 0; j < columns; j++) {
      int column = diagonal + j * lda;
      double sum = 0;
      for (int i = j; i < rows; i++) {
        double element =
            a[column + i] - (p[pOffset + i] * q[qOffset + j] + q[qOffset + i] * p[pOffset + j]);
        a[column + i] = element;
        sum += element * x[xOffset + i];
        if (i > j) {
          y[yOffset + i] += element * x[xOffset + j];
        }
      }
      y[yOffset + j] += sum;
    }
  }

  /** The rows below that triangle. */
  private static void below(
      int rows,
      double[] p,
      int pOffset,
      double[] q,
      int qOffset,
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
    int pBelow = pOffset + COLUMNS;
    int qBelow = qOffset + COLUMNS;
    int xBelow = xOffset + COLUMNS;
    int yBelow = yOffset + COLUMNS;
    DoubleVector p0 = broadcast(SPECIES, -p[pOffset]);
    DoubleVector p1 = broadcast(SPECIES, -p[pOffset + 1]);
    DoubleVector p2 = broadcast(SPECIES, -p[pOffset + 2]);
    DoubleVector p3 = broadcast(SPECIES, -p[pOffset + 3]);
    DoubleVector q0 = broadcast(SPECIES, -q[qOffset]);
    DoubleVector q1 = broadcast(SPECIES, -q[qOffset + 1]);
    DoubleVector q2 = broadcast(SPECIES, -q[qOffset + 2]);
    DoubleVector q3 = broadcast(SPECIES, -q[qOffset + 3]);
    DoubleVector x0 = broadcast(SPECIES, x[xOffset]);
    DoubleVector x1 = broadcast(SPECIES, x[xOffset + 1]);
    DoubleVector x2 = broadcast(SPECIES, x[xOffset + 2]);
    DoubleVector x3 = broadcast(SPECIES, x[xOffset + 3]);
    DoubleVector s0 = zero(SPECIES);
    DoubleVector s1 = zero(SPECIES);
    DoubleVector s2 = zero(SPECIES);
    DoubleVector s3 = zero(SPECIES);
    int whole = SPECIES.loopBound(rows);
    for (int i = 0; i < whole; i += COUNT) {
      DoubleVector pi = fromArray(SPECIES, p, pBelow + i);
      DoubleVector qi = fromArray(SPECIES, q, qBelow + i);
      DoubleVector a0 = fromArray(SPECIES, a, column0 + i);
      DoubleVector a1 = fromArray(SPECIES, a, column1 + i);
      DoubleVector a2 = fromArray(SPECIES, a, column2 + i);
      DoubleVector a3 = fromArray(SPECIES, a, column3 + i);
      a0 = qi.fma(p0, pi.fma(q0, a0));
      a0.intoArray(a, column0 + i);
      a1 = qi.fma(p1, pi.fma(q1, a1));
      a1.intoArray(a, column1 + i);
      a2 = qi.fma(p2, pi.fma(q2, a2));
      a2.intoArray(a, column2 + i);
      a3 = qi.fma(p3, pi.fma(q3, a3));
      a3.intoArray(a, column3 + i);
      DoubleVector xi = fromArray(SPECIES, x, xBelow + i);
      DoubleVector even = a0.fma(x0, fromArray(SPECIES, y, yBelow + i));
      DoubleVector odd = a1.mul(x1);
      s0 = a0.fma(xi, s0);
      s1 = a1.fma(xi, s1);
      s2 = a2.fma(xi, s2);
      s3 = a3.fma(xi, s3);
      even = a2.fma(x2, even);
      odd = a3.fma(x3, odd);
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
      double pRow = p[pBelow + i];
      double qRow = q[qBelow + i];
      double xRow = x[xBelow + i];
      double e0 = a[column0 + i] - (pRow * q[qOffset + 0] + qRow * p[pOffset + 0]);
      a[column0 + i] = e0;
      t0 += e0 * xRow;
      double e1 = a[column1 + i] - (pRow * q[qOffset + 1] + qRow * p[pOffset + 1]);
      a[column1 + i] = e1;
      t1 += e1 * xRow;
      double e2 = a[column2 + i] - (pRow * q[qOffset + 2] + qRow * p[pOffset + 2]);
      a[column2 + i] = e2;
      t2 += e2 * xRow;
      double e3 = a[column3 + i] - (pRow * q[qOffset + 3] + qRow * p[pOffset + 3]);
      a[column3 + i] = e3;
      t3 += e3 * xRow;
      y[yBelow + i] +=
          (e0 * x[xOffset] + e2 * x[xOffset + 2]) + (e1 * x[xOffset + 1] + e3 * x[xOffset + 3]);
    }
    y[yOffset] += t0;
    y[yOffset + 1] += t1;
    y[yOffset + 2] += t2;
    y[yOffset + 3] += t3;
  }
}
