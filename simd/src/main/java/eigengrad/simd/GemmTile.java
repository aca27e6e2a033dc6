package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.broadcast;
import static eigengrad.simd.Lanes.load;
import static eigengrad.simd.Lanes.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * The register-blocked heart of {@link Gemm}: one tile of C in registers while A and B stream by.
 *
 * <p>Each accumulator is born from its own {@code zero()}; sharing one makes C2 box them all. The
 * two tiles are written out because C2 does not unroll over local variables.
 */
final class GemmTile {
  static final int ROWS = 2 * COUNT;
  static final int COLUMNS = Tiles.GEMM_COLUMNS;

  private GemmTile() {}

  static void multiply(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc) {
    if (COLUMNS == 12) {
      twelveColumns(depth, alpha, packedA, aOffset, packedB, bOffset, c, cOffset, ldc);
    } else {
      fiveColumns(depth, alpha, packedA, aOffset, packedB, bOffset, c, cOffset, ldc);
    }
  }

  /** 2 vectors × 12 columns. */
  private static void twelveColumns(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector p0 = zero();
    DoubleVector q0 = zero();
    DoubleVector p1 = zero();
    DoubleVector q1 = zero();
    DoubleVector p2 = zero();
    DoubleVector q2 = zero();
    DoubleVector p3 = zero();
    DoubleVector q3 = zero();
    DoubleVector p4 = zero();
    DoubleVector q4 = zero();
    DoubleVector p5 = zero();
    DoubleVector q5 = zero();
    DoubleVector p6 = zero();
    DoubleVector q6 = zero();
    DoubleVector p7 = zero();
    DoubleVector q7 = zero();
    DoubleVector p8 = zero();
    DoubleVector q8 = zero();
    DoubleVector p9 = zero();
    DoubleVector q9 = zero();
    DoubleVector p10 = zero();
    DoubleVector q10 = zero();
    DoubleVector p11 = zero();
    DoubleVector q11 = zero();
    int b = bOffset;
    int aEnd = aOffset + depth * 2 * COUNT;
    for (int a = aOffset; a < aEnd; a += 2 * COUNT) {
      DoubleVector upper = load(packedA, a);
      DoubleVector lower = load(packedA, a + COUNT);
      DoubleVector b0 = broadcast(packedB[b]);
      p0 = upper.fma(b0, p0);
      q0 = lower.fma(b0, q0);
      DoubleVector b1 = broadcast(packedB[b + 1]);
      p1 = upper.fma(b1, p1);
      q1 = lower.fma(b1, q1);
      DoubleVector b2 = broadcast(packedB[b + 2]);
      p2 = upper.fma(b2, p2);
      q2 = lower.fma(b2, q2);
      DoubleVector b3 = broadcast(packedB[b + 3]);
      p3 = upper.fma(b3, p3);
      q3 = lower.fma(b3, q3);
      DoubleVector b4 = broadcast(packedB[b + 4]);
      p4 = upper.fma(b4, p4);
      q4 = lower.fma(b4, q4);
      DoubleVector b5 = broadcast(packedB[b + 5]);
      p5 = upper.fma(b5, p5);
      q5 = lower.fma(b5, q5);
      DoubleVector b6 = broadcast(packedB[b + 6]);
      p6 = upper.fma(b6, p6);
      q6 = lower.fma(b6, q6);
      DoubleVector b7 = broadcast(packedB[b + 7]);
      p7 = upper.fma(b7, p7);
      q7 = lower.fma(b7, q7);
      DoubleVector b8 = broadcast(packedB[b + 8]);
      p8 = upper.fma(b8, p8);
      q8 = lower.fma(b8, q8);
      DoubleVector b9 = broadcast(packedB[b + 9]);
      p9 = upper.fma(b9, p9);
      q9 = lower.fma(b9, q9);
      DoubleVector b10 = broadcast(packedB[b + 10]);
      p10 = upper.fma(b10, p10);
      q10 = lower.fma(b10, q10);
      DoubleVector b11 = broadcast(packedB[b + 11]);
      p11 = upper.fma(b11, p11);
      q11 = lower.fma(b11, q11);
      b += 12;
    }
    DoubleVector factor = broadcast(alpha);
    int column = cOffset;
    addScaled(p0, q0, factor, c, column);
    column += ldc;
    addScaled(p1, q1, factor, c, column);
    column += ldc;
    addScaled(p2, q2, factor, c, column);
    column += ldc;
    addScaled(p3, q3, factor, c, column);
    column += ldc;
    addScaled(p4, q4, factor, c, column);
    column += ldc;
    addScaled(p5, q5, factor, c, column);
    column += ldc;
    addScaled(p6, q6, factor, c, column);
    column += ldc;
    addScaled(p7, q7, factor, c, column);
    column += ldc;
    addScaled(p8, q8, factor, c, column);
    column += ldc;
    addScaled(p9, q9, factor, c, column);
    column += ldc;
    addScaled(p10, q10, factor, c, column);
    column += ldc;
    addScaled(p11, q11, factor, c, column);
  }

  /** 2 vectors × 5 columns. */
  private static void fiveColumns(
      int depth,
      double alpha,
      double[] packedA,
      int aOffset,
      double[] packedB,
      int bOffset,
      double[] c,
      int cOffset,
      int ldc) {
    DoubleVector p0 = zero();
    DoubleVector q0 = zero();
    DoubleVector p1 = zero();
    DoubleVector q1 = zero();
    DoubleVector p2 = zero();
    DoubleVector q2 = zero();
    DoubleVector p3 = zero();
    DoubleVector q3 = zero();
    DoubleVector p4 = zero();
    DoubleVector q4 = zero();
    int b = bOffset;
    int aEnd = aOffset + depth * 2 * COUNT;
    for (int a = aOffset; a < aEnd; a += 2 * COUNT) {
      DoubleVector upper = load(packedA, a);
      DoubleVector lower = load(packedA, a + COUNT);
      DoubleVector b0 = broadcast(packedB[b]);
      p0 = upper.fma(b0, p0);
      q0 = lower.fma(b0, q0);
      DoubleVector b1 = broadcast(packedB[b + 1]);
      p1 = upper.fma(b1, p1);
      q1 = lower.fma(b1, q1);
      DoubleVector b2 = broadcast(packedB[b + 2]);
      p2 = upper.fma(b2, p2);
      q2 = lower.fma(b2, q2);
      DoubleVector b3 = broadcast(packedB[b + 3]);
      p3 = upper.fma(b3, p3);
      q3 = lower.fma(b3, q3);
      DoubleVector b4 = broadcast(packedB[b + 4]);
      p4 = upper.fma(b4, p4);
      q4 = lower.fma(b4, q4);
      b += 5;
    }
    DoubleVector factor = broadcast(alpha);
    int column = cOffset;
    addScaled(p0, q0, factor, c, column);
    column += ldc;
    addScaled(p1, q1, factor, c, column);
    column += ldc;
    addScaled(p2, q2, factor, c, column);
    column += ldc;
    addScaled(p3, q3, factor, c, column);
    column += ldc;
    addScaled(p4, q4, factor, c, column);
  }

  private static void addScaled(
      DoubleVector upper, DoubleVector lower, DoubleVector factor, double[] c, int column) {
    upper.fma(factor, load(c, column)).intoArray(c, column);
    lower.fma(factor, load(c, column + COUNT)).intoArray(c, column + COUNT);
  }
}
