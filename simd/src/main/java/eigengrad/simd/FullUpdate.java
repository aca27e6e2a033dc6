package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/**
 * The symmetric rank-2 update and the product with the result, on a full square of whole vectors:
 * twice the arithmetic of the triangle, but neither horizontal sums nor remainders. A strip of rows
 * keeps its part of p, q and y in registers while the columns stream by.
 */
final class FullUpdate {
  private FullUpdate() {}

  static void syr2Gemv(
      int firstRow,
      int endRow,
      int firstColumn,
      int endColumn,
      double[] p,
      double[] q,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      double[] y) {
    int row = firstRow;
    for (; row <= endRow - 4 * COUNT; row += 4 * COUNT) {
      fourVectors(row, firstColumn, endColumn, p, q, a, aOffset, lda, x, y);
    }
    if (row <= endRow - 2 * COUNT) {
      twoVectors(row, firstColumn, endColumn, p, q, a, aOffset, lda, x, y);
      row += 2 * COUNT;
    }
    if (row < endRow) {
      oneVector(row, firstColumn, endColumn, p, q, a, aOffset, lda, x, y);
    }
  }

  private static void fourVectors(
      int row,
      int firstColumn,
      int endColumn,
      double[] p,
      double[] q,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      double[] y) {
    DoubleVector p0 = fromArray(SPECIES, p, row).neg();
    DoubleVector p1 = fromArray(SPECIES, p, row + COUNT).neg();
    DoubleVector p2 = fromArray(SPECIES, p, row + 2 * COUNT).neg();
    DoubleVector p3 = fromArray(SPECIES, p, row + 3 * COUNT).neg();
    DoubleVector q0 = fromArray(SPECIES, q, row).neg();
    DoubleVector q1 = fromArray(SPECIES, q, row + COUNT).neg();
    DoubleVector q2 = fromArray(SPECIES, q, row + 2 * COUNT).neg();
    DoubleVector q3 = fromArray(SPECIES, q, row + 3 * COUNT).neg();
    DoubleVector y0 = fromArray(SPECIES, y, row);
    DoubleVector y1 = fromArray(SPECIES, y, row + COUNT);
    DoubleVector y2 = fromArray(SPECIES, y, row + 2 * COUNT);
    DoubleVector y3 = fromArray(SPECIES, y, row + 3 * COUNT);
    int at = aOffset + row + firstColumn * lda;
    for (int j = firstColumn; j < endColumn; j++) {
      DoubleVector pj = broadcast(SPECIES, p[j]);
      DoubleVector qj = broadcast(SPECIES, q[j]);
      DoubleVector xj = broadcast(SPECIES, x[j]);
      DoubleVector a0 = p0.fma(qj, q0.fma(pj, fromArray(SPECIES, a, at)));
      DoubleVector a1 = p1.fma(qj, q1.fma(pj, fromArray(SPECIES, a, at + COUNT)));
      DoubleVector a2 = p2.fma(qj, q2.fma(pj, fromArray(SPECIES, a, at + 2 * COUNT)));
      DoubleVector a3 = p3.fma(qj, q3.fma(pj, fromArray(SPECIES, a, at + 3 * COUNT)));
      a0.intoArray(a, at);
      a1.intoArray(a, at + COUNT);
      a2.intoArray(a, at + 2 * COUNT);
      a3.intoArray(a, at + 3 * COUNT);
      y0 = a0.fma(xj, y0);
      y1 = a1.fma(xj, y1);
      y2 = a2.fma(xj, y2);
      y3 = a3.fma(xj, y3);
      at += lda;
    }
    y0.intoArray(y, row);
    y1.intoArray(y, row + COUNT);
    y2.intoArray(y, row + 2 * COUNT);
    y3.intoArray(y, row + 3 * COUNT);
  }

  private static void twoVectors(
      int row,
      int firstColumn,
      int endColumn,
      double[] p,
      double[] q,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      double[] y) {
    DoubleVector p0 = fromArray(SPECIES, p, row).neg();
    DoubleVector p1 = fromArray(SPECIES, p, row + COUNT).neg();
    DoubleVector q0 = fromArray(SPECIES, q, row).neg();
    DoubleVector q1 = fromArray(SPECIES, q, row + COUNT).neg();
    DoubleVector y0 = fromArray(SPECIES, y, row);
    DoubleVector y1 = fromArray(SPECIES, y, row + COUNT);
    int at = aOffset + row + firstColumn * lda;
    for (int j = firstColumn; j < endColumn; j++) {
      DoubleVector pj = broadcast(SPECIES, p[j]);
      DoubleVector qj = broadcast(SPECIES, q[j]);
      DoubleVector xj = broadcast(SPECIES, x[j]);
      DoubleVector a0 = p0.fma(qj, q0.fma(pj, fromArray(SPECIES, a, at)));
      DoubleVector a1 = p1.fma(qj, q1.fma(pj, fromArray(SPECIES, a, at + COUNT)));
      a0.intoArray(a, at);
      a1.intoArray(a, at + COUNT);
      y0 = a0.fma(xj, y0);
      y1 = a1.fma(xj, y1);
      at += lda;
    }
    y0.intoArray(y, row);
    y1.intoArray(y, row + COUNT);
  }

  private static void oneVector(
      int row,
      int firstColumn,
      int endColumn,
      double[] p,
      double[] q,
      double[] a,
      int aOffset,
      int lda,
      double[] x,
      double[] y) {
    DoubleVector p0 = fromArray(SPECIES, p, row).neg();
    DoubleVector q0 = fromArray(SPECIES, q, row).neg();
    DoubleVector y0 = fromArray(SPECIES, y, row);
    int at = aOffset + row + firstColumn * lda;
    for (int j = firstColumn; j < endColumn; j++) {
      DoubleVector pj = broadcast(SPECIES, p[j]);
      DoubleVector qj = broadcast(SPECIES, q[j]);
      DoubleVector a0 = p0.fma(qj, q0.fma(pj, fromArray(SPECIES, a, at)));
      a0.intoArray(a, at);
      y0 = a0.fma(broadcast(SPECIES, x[j]), y0);
      at += lda;
    }
    y0.intoArray(y, row);
  }
}
