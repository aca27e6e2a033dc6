package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * The register-blocked heart of {@link eigengrad.simd.Gemm}: one tile of C in registers while A and
 * B stream by.
 *
 * <p>Each accumulator is born from its own {@code zero}; sharing one makes C2 box them all. The two
 * tiles are written out because C2 does not unroll over local variables.
 */
final class GemmTile {
  static final int ROWS = Tiles.SIZES.gemmRows();
  static final int COLUMNS = Tiles.SIZES.gemmColumns();

  private GemmTile() {}

  /** 2 vectors × 12 columns. */
  static void twelveColumns(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
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
    DoubleVector p8 = zero(SPECIES);
    DoubleVector q8 = zero(SPECIES);
    DoubleVector p9 = zero(SPECIES);
    DoubleVector q9 = zero(SPECIES);
    DoubleVector p10 = zero(SPECIES);
    DoubleVector q10 = zero(SPECIES);
    DoubleVector p11 = zero(SPECIES);
    DoubleVector q11 = zero(SPECIES);
    int b = bOffset;
    int aEnd = aOffset + depth * 2 * COUNT;
    for (int a = aOffset; a < aEnd; a += 2 * COUNT) {
      DoubleVector upper = fromArray(SPECIES, packedA, a);
      DoubleVector lower = fromArray(SPECIES, packedA, a + COUNT);
      DoubleVector b0 = broadcast(SPECIES, packedB[b]);
      p0 = upper.fma(b0, p0);
      q0 = lower.fma(b0, q0);
      DoubleVector b1 = broadcast(SPECIES, packedB[b + 1]);
      p1 = upper.fma(b1, p1);
      q1 = lower.fma(b1, q1);
      DoubleVector b2 = broadcast(SPECIES, packedB[b + 2]);
      p2 = upper.fma(b2, p2);
      q2 = lower.fma(b2, q2);
      DoubleVector b3 = broadcast(SPECIES, packedB[b + 3]);
      p3 = upper.fma(b3, p3);
      q3 = lower.fma(b3, q3);
      DoubleVector b4 = broadcast(SPECIES, packedB[b + 4]);
      p4 = upper.fma(b4, p4);
      q4 = lower.fma(b4, q4);
      DoubleVector b5 = broadcast(SPECIES, packedB[b + 5]);
      p5 = upper.fma(b5, p5);
      q5 = lower.fma(b5, q5);
      DoubleVector b6 = broadcast(SPECIES, packedB[b + 6]);
      p6 = upper.fma(b6, p6);
      q6 = lower.fma(b6, q6);
      DoubleVector b7 = broadcast(SPECIES, packedB[b + 7]);
      p7 = upper.fma(b7, p7);
      q7 = lower.fma(b7, q7);
      DoubleVector b8 = broadcast(SPECIES, packedB[b + 8]);
      p8 = upper.fma(b8, p8);
      q8 = lower.fma(b8, q8);
      DoubleVector b9 = broadcast(SPECIES, packedB[b + 9]);
      p9 = upper.fma(b9, p9);
      q9 = lower.fma(b9, q9);
      DoubleVector b10 = broadcast(SPECIES, packedB[b + 10]);
      p10 = upper.fma(b10, p10);
      q10 = lower.fma(b10, q10);
      DoubleVector b11 = broadcast(SPECIES, packedB[b + 11]);
      p11 = upper.fma(b11, p11);
      q11 = lower.fma(b11, q11);
      b += 12;
    }
    DoubleVector factor = broadcast(SPECIES, alpha);
    int column = cOffset;
    p0.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q0.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p1.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q1.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p2.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q2.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p3.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q3.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p4.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q4.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p5.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q5.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p6.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q6.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p7.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q7.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p8.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q8.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p9.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q9.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p10.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q10.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p11.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q11.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
  }

  /** 2 vectors × 5 columns. */
  static void fiveColumns(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
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
    int b = bOffset;
    int aEnd = aOffset + depth * 2 * COUNT;
    for (int a = aOffset; a < aEnd; a += 2 * COUNT) {
      DoubleVector upper = fromArray(SPECIES, packedA, a);
      DoubleVector lower = fromArray(SPECIES, packedA, a + COUNT);
      DoubleVector b0 = broadcast(SPECIES, packedB[b]);
      p0 = upper.fma(b0, p0);
      q0 = lower.fma(b0, q0);
      DoubleVector b1 = broadcast(SPECIES, packedB[b + 1]);
      p1 = upper.fma(b1, p1);
      q1 = lower.fma(b1, q1);
      DoubleVector b2 = broadcast(SPECIES, packedB[b + 2]);
      p2 = upper.fma(b2, p2);
      q2 = lower.fma(b2, q2);
      DoubleVector b3 = broadcast(SPECIES, packedB[b + 3]);
      p3 = upper.fma(b3, p3);
      q3 = lower.fma(b3, q3);
      DoubleVector b4 = broadcast(SPECIES, packedB[b + 4]);
      p4 = upper.fma(b4, p4);
      q4 = lower.fma(b4, q4);
      b += 5;
    }
    DoubleVector factor = broadcast(SPECIES, alpha);
    int column = cOffset;
    p0.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q0.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p1.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q1.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p2.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q2.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p3.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q3.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
    column += ldc;
    p4.fma(factor, fromArray(SPECIES, c, column)).intoArray(c, column);
    q4.fma(factor, fromArray(SPECIES, c, column + COUNT)).intoArray(c, column + COUNT);
  }
}
