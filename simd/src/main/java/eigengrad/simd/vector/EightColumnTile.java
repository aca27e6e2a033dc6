package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.RegisterTiles;
import jdk.incubator.vector.DoubleVector;

/**
 * Eight columns of αA·B + βC, A and B read where they lie: two vectors of rows at a time, for 32
 * registers hold 16 accumulators, 2 columns of A and the elements of B under way.
 *
 * <p>Written out like {@link GemmTile}, and for the same reasons.
 */
final class EightColumnTile {
  static final int COLUMNS = RegisterTiles.MANY_COLUMNS;

  private EightColumnTile() {}

  /** C ← αA·B + βC for m rows, a multiple of the lanes. */
  static void multiply(
      int m,
      int depth,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    int i = 0;
    for (; i <= m - 2 * COUNT; i += 2 * COUNT) {
      twoVectors(
          depth,
          alpha,
          a,
          aOffset + i,
          lda,
          b,
          bOffset,
          bRowStride,
          bColumnStride,
          beta,
          c,
          cOffset + i,
          ldc);
    }
    if (i < m) {
      oneVector(
          depth,
          alpha,
          a,
          aOffset + i,
          lda,
          b,
          bOffset,
          bRowStride,
          bColumnStride,
          beta,
          c,
          cOffset + i,
          ldc);
    }
  }

  /** 2 vectors × 8 columns. */
  private static void twoVectors(
      int depth,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector p0 = zero(SPECIES);
    DoubleVector q0 = zero(SPECIES);
    DoubleVector p1 = zero(SPECIES);
    DoubleVector q1 = zero(SPECIES);
    DoubleVector p2 = zero(SPECIES);
    DoubleVector q2 = zero(SPECIES);
    DoubleVector p3 = zero(SPECIES);
    DoubleVector q3 = zero(SPECIES);
    DoubleVector p4 = zero(SPECIES);
    DoubleVector q4 = zero(SPECIES);
    DoubleVector p5 = zero(SPECIES);
    DoubleVector q5 = zero(SPECIES);
    DoubleVector p6 = zero(SPECIES);
    DoubleVector q6 = zero(SPECIES);
    DoubleVector p7 = zero(SPECIES);
    DoubleVector q7 = zero(SPECIES);
    int column0 = bOffset;
    int column1 = column0 + bColumnStride;
    int column2 = column1 + bColumnStride;
    int column3 = column2 + bColumnStride;
    int column4 = column3 + bColumnStride;
    int column5 = column4 + bColumnStride;
    int column6 = column5 + bColumnStride;
    int column7 = column6 + bColumnStride;
    int row = 0;
    int left = aOffset;
    for (int step = 0; step < depth; step++) {
      DoubleVector first = fromArray(SPECIES, a, left);
      DoubleVector second = fromArray(SPECIES, a, left + COUNT);
      DoubleVector b0 = broadcast(SPECIES, b[column0 + row]);
      p0 = first.fma(b0, p0);
      q0 = second.fma(b0, q0);
      DoubleVector b1 = broadcast(SPECIES, b[column1 + row]);
      p1 = first.fma(b1, p1);
      q1 = second.fma(b1, q1);
      DoubleVector b2 = broadcast(SPECIES, b[column2 + row]);
      p2 = first.fma(b2, p2);
      q2 = second.fma(b2, q2);
      DoubleVector b3 = broadcast(SPECIES, b[column3 + row]);
      p3 = first.fma(b3, p3);
      q3 = second.fma(b3, q3);
      DoubleVector b4 = broadcast(SPECIES, b[column4 + row]);
      p4 = first.fma(b4, p4);
      q4 = second.fma(b4, q4);
      DoubleVector b5 = broadcast(SPECIES, b[column5 + row]);
      p5 = first.fma(b5, p5);
      q5 = second.fma(b5, q5);
      DoubleVector b6 = broadcast(SPECIES, b[column6 + row]);
      p6 = first.fma(b6, p6);
      q6 = second.fma(b6, q6);
      DoubleVector b7 = broadcast(SPECIES, b[column7 + row]);
      p7 = first.fma(b7, p7);
      q7 = second.fma(b7, q7);
      row += bRowStride;
      left += lda;
    }
    DoubleVector factor = broadcast(SPECIES, alpha);
    int column = cOffset;
    if (beta == 0) {
      p0.mul(factor).intoArray(c, column);
      q0.mul(factor).intoArray(c, column + COUNT);
      column += ldc;
      p1.mul(factor).intoArray(c, column);
      q1.mul(factor).intoArray(c, column + COUNT);
      column += ldc;
      p2.mul(factor).intoArray(c, column);
      q2.mul(factor).intoArray(c, column + COUNT);
      column += ldc;
      p3.mul(factor).intoArray(c, column);
      q3.mul(factor).intoArray(c, column + COUNT);
      column += ldc;
      p4.mul(factor).intoArray(c, column);
      q4.mul(factor).intoArray(c, column + COUNT);
      column += ldc;
      p5.mul(factor).intoArray(c, column);
      q5.mul(factor).intoArray(c, column + COUNT);
      column += ldc;
      p6.mul(factor).intoArray(c, column);
      q6.mul(factor).intoArray(c, column + COUNT);
      column += ldc;
      p7.mul(factor).intoArray(c, column);
      q7.mul(factor).intoArray(c, column + COUNT);
      return;
    }
    DoubleVector kept = broadcast(SPECIES, beta);
    p0.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q0.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    column += ldc;
    p1.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q1.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    column += ldc;
    p2.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q2.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    column += ldc;
    p3.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q3.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    column += ldc;
    p4.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q4.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    column += ldc;
    p5.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q5.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    column += ldc;
    p6.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q6.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    column += ldc;
    p7.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q7.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
  }

  /** 1 vector × 8 columns. */
  private static void oneVector(
      int depth,
      double alpha,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector p0 = zero(SPECIES);
    DoubleVector p1 = zero(SPECIES);
    DoubleVector p2 = zero(SPECIES);
    DoubleVector p3 = zero(SPECIES);
    DoubleVector p4 = zero(SPECIES);
    DoubleVector p5 = zero(SPECIES);
    DoubleVector p6 = zero(SPECIES);
    DoubleVector p7 = zero(SPECIES);
    int column0 = bOffset;
    int column1 = column0 + bColumnStride;
    int column2 = column1 + bColumnStride;
    int column3 = column2 + bColumnStride;
    int column4 = column3 + bColumnStride;
    int column5 = column4 + bColumnStride;
    int column6 = column5 + bColumnStride;
    int column7 = column6 + bColumnStride;
    int row = 0;
    int left = aOffset;
    for (int step = 0; step < depth; step++) {
      DoubleVector first = fromArray(SPECIES, a, left);
      DoubleVector b0 = broadcast(SPECIES, b[column0 + row]);
      p0 = first.fma(b0, p0);
      DoubleVector b1 = broadcast(SPECIES, b[column1 + row]);
      p1 = first.fma(b1, p1);
      DoubleVector b2 = broadcast(SPECIES, b[column2 + row]);
      p2 = first.fma(b2, p2);
      DoubleVector b3 = broadcast(SPECIES, b[column3 + row]);
      p3 = first.fma(b3, p3);
      DoubleVector b4 = broadcast(SPECIES, b[column4 + row]);
      p4 = first.fma(b4, p4);
      DoubleVector b5 = broadcast(SPECIES, b[column5 + row]);
      p5 = first.fma(b5, p5);
      DoubleVector b6 = broadcast(SPECIES, b[column6 + row]);
      p6 = first.fma(b6, p6);
      DoubleVector b7 = broadcast(SPECIES, b[column7 + row]);
      p7 = first.fma(b7, p7);
      row += bRowStride;
      left += lda;
    }
    DoubleVector factor = broadcast(SPECIES, alpha);
    int column = cOffset;
    if (beta == 0) {
      p0.mul(factor).intoArray(c, column);
      column += ldc;
      p1.mul(factor).intoArray(c, column);
      column += ldc;
      p2.mul(factor).intoArray(c, column);
      column += ldc;
      p3.mul(factor).intoArray(c, column);
      column += ldc;
      p4.mul(factor).intoArray(c, column);
      column += ldc;
      p5.mul(factor).intoArray(c, column);
      column += ldc;
      p6.mul(factor).intoArray(c, column);
      column += ldc;
      p7.mul(factor).intoArray(c, column);
      return;
    }
    DoubleVector kept = broadcast(SPECIES, beta);
    p0.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    column += ldc;
    p1.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    column += ldc;
    p2.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    column += ldc;
    p3.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    column += ldc;
    p4.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    column += ldc;
    p5.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    column += ldc;
    p6.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    column += ldc;
    p7.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
  }
}
