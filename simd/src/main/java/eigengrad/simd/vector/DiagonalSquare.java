package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * The square at the end of a strip, for {@link VectorReduction}: as many columns at a time as a
 * vector has lanes, from their diagonal block down. That block is full; what is below it also
 * stands for its transpose.
 */
final class DiagonalSquare {
  private DiagonalSquare() {}

  /** y is added to; sums are overwritten for the columns from firstColumn to the square's end. */
  static void syr2Symv(
      int top,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int offset,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    int row1 = top + COUNT;
    int row2 = top + 2 * COUNT;
    int row3 = top + 3 * COUNT;
    if (firstColumn < row1) {
      fourVectors(top, Math.max(firstColumn, top), p, q, a, offset, x, y, sums, sumsOffset);
    }
    if (firstColumn < row2) {
      threeVectors(row1, Math.max(firstColumn, row1), p, q, a, offset, x, y, sums, sumsOffset);
    }
    if (firstColumn < row3) {
      twoVectors(row2, Math.max(firstColumn, row2), p, q, a, offset, x, y, sums, sumsOffset);
    }
    oneVector(row3, Math.max(firstColumn, row3), p, q, a, offset, x, y, sums, sumsOffset);
  }

  private static void fourVectors(
      int row,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int offset,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    DoubleVector p0 = fromArray(SPECIES, p, row).neg();
    DoubleVector p1 = fromArray(SPECIES, p, row + COUNT).neg();
    DoubleVector p2 = fromArray(SPECIES, p, row + 2 * COUNT).neg();
    DoubleVector p3 = fromArray(SPECIES, p, row + 3 * COUNT).neg();
    DoubleVector q0 = fromArray(SPECIES, q, row).neg();
    DoubleVector q1 = fromArray(SPECIES, q, row + COUNT).neg();
    DoubleVector q2 = fromArray(SPECIES, q, row + 2 * COUNT).neg();
    DoubleVector q3 = fromArray(SPECIES, q, row + 3 * COUNT).neg();
    DoubleVector x1 = fromArray(SPECIES, x, row + COUNT);
    DoubleVector x2 = fromArray(SPECIES, x, row + 2 * COUNT);
    DoubleVector x3 = fromArray(SPECIES, x, row + 3 * COUNT);
    DoubleVector y0 = fromArray(SPECIES, y, row);
    DoubleVector y1 = fromArray(SPECIES, y, row + COUNT);
    DoubleVector y2 = fromArray(SPECIES, y, row + 2 * COUNT);
    DoubleVector y3 = fromArray(SPECIES, y, row + 3 * COUNT);
    int at = offset + row + firstColumn * VectorReduction.STRIP_ROWS;
    for (int j = firstColumn; j < row + COUNT; j++) {
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
      a3.fma(x3, a2.fma(x2, a1.mul(x1))).intoArray(sums, sumsOffset + j * COUNT);
      at += VectorReduction.STRIP_ROWS;
    }
    y0.intoArray(y, row);
    y1.intoArray(y, row + COUNT);
    y2.intoArray(y, row + 2 * COUNT);
    y3.intoArray(y, row + 3 * COUNT);
  }

  private static void threeVectors(
      int row,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int offset,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    DoubleVector p0 = fromArray(SPECIES, p, row).neg();
    DoubleVector p1 = fromArray(SPECIES, p, row + COUNT).neg();
    DoubleVector p2 = fromArray(SPECIES, p, row + 2 * COUNT).neg();
    DoubleVector q0 = fromArray(SPECIES, q, row).neg();
    DoubleVector q1 = fromArray(SPECIES, q, row + COUNT).neg();
    DoubleVector q2 = fromArray(SPECIES, q, row + 2 * COUNT).neg();
    DoubleVector x1 = fromArray(SPECIES, x, row + COUNT);
    DoubleVector x2 = fromArray(SPECIES, x, row + 2 * COUNT);
    DoubleVector y0 = fromArray(SPECIES, y, row);
    DoubleVector y1 = fromArray(SPECIES, y, row + COUNT);
    DoubleVector y2 = fromArray(SPECIES, y, row + 2 * COUNT);
    int at = offset + row + firstColumn * VectorReduction.STRIP_ROWS;
    for (int j = firstColumn; j < row + COUNT; j++) {
      DoubleVector pj = broadcast(SPECIES, p[j]);
      DoubleVector qj = broadcast(SPECIES, q[j]);
      DoubleVector xj = broadcast(SPECIES, x[j]);
      DoubleVector a0 = p0.fma(qj, q0.fma(pj, fromArray(SPECIES, a, at)));
      DoubleVector a1 = p1.fma(qj, q1.fma(pj, fromArray(SPECIES, a, at + COUNT)));
      DoubleVector a2 = p2.fma(qj, q2.fma(pj, fromArray(SPECIES, a, at + 2 * COUNT)));
      a0.intoArray(a, at);
      a1.intoArray(a, at + COUNT);
      a2.intoArray(a, at + 2 * COUNT);
      y0 = a0.fma(xj, y0);
      y1 = a1.fma(xj, y1);
      y2 = a2.fma(xj, y2);
      a2.fma(x2, a1.mul(x1)).intoArray(sums, sumsOffset + j * COUNT);
      at += VectorReduction.STRIP_ROWS;
    }
    y0.intoArray(y, row);
    y1.intoArray(y, row + COUNT);
    y2.intoArray(y, row + 2 * COUNT);
  }

  private static void twoVectors(
      int row,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int offset,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    DoubleVector p0 = fromArray(SPECIES, p, row).neg();
    DoubleVector p1 = fromArray(SPECIES, p, row + COUNT).neg();
    DoubleVector q0 = fromArray(SPECIES, q, row).neg();
    DoubleVector q1 = fromArray(SPECIES, q, row + COUNT).neg();
    DoubleVector x1 = fromArray(SPECIES, x, row + COUNT);
    DoubleVector y0 = fromArray(SPECIES, y, row);
    DoubleVector y1 = fromArray(SPECIES, y, row + COUNT);
    int at = offset + row + firstColumn * VectorReduction.STRIP_ROWS;
    for (int j = firstColumn; j < row + COUNT; j++) {
      DoubleVector pj = broadcast(SPECIES, p[j]);
      DoubleVector qj = broadcast(SPECIES, q[j]);
      DoubleVector xj = broadcast(SPECIES, x[j]);
      DoubleVector a0 = p0.fma(qj, q0.fma(pj, fromArray(SPECIES, a, at)));
      DoubleVector a1 = p1.fma(qj, q1.fma(pj, fromArray(SPECIES, a, at + COUNT)));
      a0.intoArray(a, at);
      a1.intoArray(a, at + COUNT);
      y0 = a0.fma(xj, y0);
      y1 = a1.fma(xj, y1);
      a1.mul(x1).intoArray(sums, sumsOffset + j * COUNT);
      at += VectorReduction.STRIP_ROWS;
    }
    y0.intoArray(y, row);
    y1.intoArray(y, row + COUNT);
  }

  private static void oneVector(
      int row,
      int firstColumn,
      double[] p,
      double[] q,
      double[] a,
      int offset,
      double[] x,
      double[] y,
      double[] sums,
      int sumsOffset) {
    DoubleVector p0 = fromArray(SPECIES, p, row).neg();
    DoubleVector q0 = fromArray(SPECIES, q, row).neg();
    DoubleVector y0 = fromArray(SPECIES, y, row);
    int at = offset + row + firstColumn * VectorReduction.STRIP_ROWS;
    for (int j = firstColumn; j < row + COUNT; j++) {
      DoubleVector pj = broadcast(SPECIES, p[j]);
      DoubleVector qj = broadcast(SPECIES, q[j]);
      DoubleVector xj = broadcast(SPECIES, x[j]);
      DoubleVector a0 = p0.fma(qj, q0.fma(pj, fromArray(SPECIES, a, at)));
      a0.intoArray(a, at);
      y0 = a0.fma(xj, y0);
      zero(SPECIES).intoArray(sums, sumsOffset + j * COUNT);
      at += VectorReduction.STRIP_ROWS;
    }
    y0.intoArray(y, row);
  }
}
