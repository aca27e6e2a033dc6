package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.RegisterTiles;
import jdk.incubator.vector.DoubleVector;

/**
 * Four columns of αA·B + βC, A and B read where they lie: three vectors of rows at a time, for 16
 * registers hold 12 accumulators, 3 columns of A and an element of B.
 *
 * <p>Written out like {@link GemmTile}, and for the same reasons.
 */
final class FourColumnTile {
  static final int COLUMNS = RegisterTiles.UNPACKED_COLUMNS;

  private FourColumnTile() {}

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
    for (; i <= m - 3 * COUNT; i += 3 * COUNT) {
      threeVectors(
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
    if (i <= m - 2 * COUNT) {
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
    } else if (i < m) {
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

  /** 3 vectors × 4 columns. */
  private static void threeVectors(
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
    DoubleVector r0 = zero(SPECIES);
    DoubleVector p1 = zero(SPECIES);
    DoubleVector q1 = zero(SPECIES);
    DoubleVector r1 = zero(SPECIES);
    DoubleVector p2 = zero(SPECIES);
    DoubleVector q2 = zero(SPECIES);
    DoubleVector r2 = zero(SPECIES);
    DoubleVector p3 = zero(SPECIES);
    DoubleVector q3 = zero(SPECIES);
    DoubleVector r3 = zero(SPECIES);
    int column0 = bOffset;
    int column1 = column0 + bColumnStride;
    int column2 = column1 + bColumnStride;
    int column3 = column2 + bColumnStride;
    int row = 0;
    int left = aOffset;
    for (int step = 0; step < depth; step++) {
      DoubleVector first = fromArray(SPECIES, a, left);
      DoubleVector second = fromArray(SPECIES, a, left + COUNT);
      DoubleVector third = fromArray(SPECIES, a, left + 2 * COUNT);
      DoubleVector b0 = broadcast(SPECIES, b[column0 + row]);
      p0 = first.fma(b0, p0);
      q0 = second.fma(b0, q0);
      r0 = third.fma(b0, r0);
      DoubleVector b1 = broadcast(SPECIES, b[column1 + row]);
      p1 = first.fma(b1, p1);
      q1 = second.fma(b1, q1);
      r1 = third.fma(b1, r1);
      DoubleVector b2 = broadcast(SPECIES, b[column2 + row]);
      p2 = first.fma(b2, p2);
      q2 = second.fma(b2, q2);
      r2 = third.fma(b2, r2);
      DoubleVector b3 = broadcast(SPECIES, b[column3 + row]);
      p3 = first.fma(b3, p3);
      q3 = second.fma(b3, q3);
      r3 = third.fma(b3, r3);
      row += bRowStride;
      left += lda;
    }
    DoubleVector factor = broadcast(SPECIES, alpha);
    int column = cOffset;
    if (beta == 0) {
      p0.mul(factor).intoArray(c, column);
      q0.mul(factor).intoArray(c, column + COUNT);
      r0.mul(factor).intoArray(c, column + 2 * COUNT);
      column += ldc;
      p1.mul(factor).intoArray(c, column);
      q1.mul(factor).intoArray(c, column + COUNT);
      r1.mul(factor).intoArray(c, column + 2 * COUNT);
      column += ldc;
      p2.mul(factor).intoArray(c, column);
      q2.mul(factor).intoArray(c, column + COUNT);
      r2.mul(factor).intoArray(c, column + 2 * COUNT);
      column += ldc;
      p3.mul(factor).intoArray(c, column);
      q3.mul(factor).intoArray(c, column + COUNT);
      r3.mul(factor).intoArray(c, column + 2 * COUNT);
      return;
    }
    DoubleVector kept = broadcast(SPECIES, beta);
    p0.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q0.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    r0.fma(factor, fromArray(SPECIES, c, column + 2 * COUNT).mul(kept))
        .intoArray(c, column + 2 * COUNT);
    column += ldc;
    p1.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q1.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    r1.fma(factor, fromArray(SPECIES, c, column + 2 * COUNT).mul(kept))
        .intoArray(c, column + 2 * COUNT);
    column += ldc;
    p2.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q2.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    r2.fma(factor, fromArray(SPECIES, c, column + 2 * COUNT).mul(kept))
        .intoArray(c, column + 2 * COUNT);
    column += ldc;
    p3.fma(factor, fromArray(SPECIES, c, column).mul(kept)).intoArray(c, column);
    q3.fma(factor, fromArray(SPECIES, c, column + COUNT).mul(kept)).intoArray(c, column + COUNT);
    r3.fma(factor, fromArray(SPECIES, c, column + 2 * COUNT).mul(kept))
        .intoArray(c, column + 2 * COUNT);
  }

  /** 2 vectors × 4 columns. */
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
    int column0 = bOffset;
    int column1 = column0 + bColumnStride;
    int column2 = column1 + bColumnStride;
    int column3 = column2 + bColumnStride;
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
  }

  /** 1 vector × 4 columns. */
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
    int column0 = bOffset;
    int column1 = column0 + bColumnStride;
    int column2 = column1 + bColumnStride;
    int column3 = column2 + bColumnStride;
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
  }
}
