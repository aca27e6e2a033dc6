package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * Products of interleaved matrices, a tile of C in registers while A and B stream by.
 *
 * <p>A 4×4 tile holds 16 accumulators and does two multiply-adds per load; where there are 16
 * registers, 2×4 is what fits, with four for three loads. The last tile of a row or column is moved
 * back to end with the matrix: what two tiles compute twice has the same bits.
 */
final class BatchTiles {
  private static final int ROWS = Tiles.SIZES.manyRegisters() ? 4 : 2;
  private static final int COLUMNS = 4;

  private BatchTiles() {}

  /**
   * C ← AᵀB for the matrices of one vector.
   *
   * @param lower whether tiles above the diagonal are left out
   */
  static void multiply(
      boolean lower,
      int n,
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset) {
    int rows = n < COLUMNS ? 1 : ROWS;
    int columns = n < COLUMNS ? 1 : COLUMNS;
    for (int left = 0; left < n; left += columns) {
      int j = Math.min(left, n - columns);
      int bFirst = bOffset + j * n * BLOCK;
      for (int top = lower ? j : 0; top < n; top += rows) {
        int i = Math.min(top, n - rows);
        int aFirst = aOffset + i * n * BLOCK;
        int cFirst = cOffset + (j * n + i) * BLOCK;
        if (columns == 1) {
          oneByOne(n, a, aFirst, b, bFirst, c, cFirst);
        } else if (Tiles.SIZES.manyRegisters()) {
          fourByFour(n, a, aFirst, b, bFirst, c, cFirst);
        } else {
          twoByFour(n, a, aFirst, b, bFirst, c, cFirst);
        }
      }
    }
  }

  /** What is below the diagonal of the matrices of one vector, above it too. */
  static void mirror(int n, double[] c, int cOffset) {
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        fromArray(SPECIES, c, cOffset + (j * n + i) * BLOCK)
            .intoArray(c, cOffset + (i * n + j) * BLOCK);
      }
    }
  }

  private static void oneByOne(
      int n, double[] a, int aFirst, double[] b, int bFirst, double[] c, int cFirst) {
    DoubleVector sum = zero(SPECIES);
    for (int k = 0; k < n * BLOCK; k += BLOCK) {
      sum = fromArray(SPECIES, a, aFirst + k).fma(fromArray(SPECIES, b, bFirst + k), sum);
    }
    sum.intoArray(c, cFirst);
  }

  private static void fourByFour(
      int n, double[] a, int aFirst, double[] b, int bFirst, double[] c, int cFirst) {
    int column = n * BLOCK;
    DoubleVector c00 = zero(SPECIES);
    DoubleVector c10 = zero(SPECIES);
    DoubleVector c20 = zero(SPECIES);
    DoubleVector c30 = zero(SPECIES);
    DoubleVector c01 = zero(SPECIES);
    DoubleVector c11 = zero(SPECIES);
    DoubleVector c21 = zero(SPECIES);
    DoubleVector c31 = zero(SPECIES);
    DoubleVector c02 = zero(SPECIES);
    DoubleVector c12 = zero(SPECIES);
    DoubleVector c22 = zero(SPECIES);
    DoubleVector c32 = zero(SPECIES);
    DoubleVector c03 = zero(SPECIES);
    DoubleVector c13 = zero(SPECIES);
    DoubleVector c23 = zero(SPECIES);
    DoubleVector c33 = zero(SPECIES);
    for (int k = 0; k < column; k += BLOCK) {
      int aAt = aFirst + k;
      int bAt = bFirst + k;
      DoubleVector a0 = fromArray(SPECIES, a, aAt);
      DoubleVector a1 = fromArray(SPECIES, a, aAt + column);
      DoubleVector a2 = fromArray(SPECIES, a, aAt + 2 * column);
      DoubleVector a3 = fromArray(SPECIES, a, aAt + 3 * column);
      DoubleVector b0 = fromArray(SPECIES, b, bAt);
      c00 = a0.fma(b0, c00);
      c10 = a1.fma(b0, c10);
      c20 = a2.fma(b0, c20);
      c30 = a3.fma(b0, c30);
      DoubleVector b1 = fromArray(SPECIES, b, bAt + column);
      c01 = a0.fma(b1, c01);
      c11 = a1.fma(b1, c11);
      c21 = a2.fma(b1, c21);
      c31 = a3.fma(b1, c31);
      DoubleVector b2 = fromArray(SPECIES, b, bAt + 2 * column);
      c02 = a0.fma(b2, c02);
      c12 = a1.fma(b2, c12);
      c22 = a2.fma(b2, c22);
      c32 = a3.fma(b2, c32);
      DoubleVector b3 = fromArray(SPECIES, b, bAt + 3 * column);
      c03 = a0.fma(b3, c03);
      c13 = a1.fma(b3, c13);
      c23 = a2.fma(b3, c23);
      c33 = a3.fma(b3, c33);
    }
    c00.intoArray(c, cFirst);
    c10.intoArray(c, cFirst + BLOCK);
    c20.intoArray(c, cFirst + 2 * BLOCK);
    c30.intoArray(c, cFirst + 3 * BLOCK);
    c01.intoArray(c, cFirst + column);
    c11.intoArray(c, cFirst + column + BLOCK);
    c21.intoArray(c, cFirst + column + 2 * BLOCK);
    c31.intoArray(c, cFirst + column + 3 * BLOCK);
    c02.intoArray(c, cFirst + 2 * column);
    c12.intoArray(c, cFirst + 2 * column + BLOCK);
    c22.intoArray(c, cFirst + 2 * column + 2 * BLOCK);
    c32.intoArray(c, cFirst + 2 * column + 3 * BLOCK);
    c03.intoArray(c, cFirst + 3 * column);
    c13.intoArray(c, cFirst + 3 * column + BLOCK);
    c23.intoArray(c, cFirst + 3 * column + 2 * BLOCK);
    c33.intoArray(c, cFirst + 3 * column + 3 * BLOCK);
  }

  private static void twoByFour(
      int n, double[] a, int aFirst, double[] b, int bFirst, double[] c, int cFirst) {
    int column = n * BLOCK;
    DoubleVector c00 = zero(SPECIES);
    DoubleVector c10 = zero(SPECIES);
    DoubleVector c01 = zero(SPECIES);
    DoubleVector c11 = zero(SPECIES);
    DoubleVector c02 = zero(SPECIES);
    DoubleVector c12 = zero(SPECIES);
    DoubleVector c03 = zero(SPECIES);
    DoubleVector c13 = zero(SPECIES);
    for (int k = 0; k < column; k += BLOCK) {
      int aAt = aFirst + k;
      int bAt = bFirst + k;
      DoubleVector a0 = fromArray(SPECIES, a, aAt);
      DoubleVector a1 = fromArray(SPECIES, a, aAt + column);
      DoubleVector b0 = fromArray(SPECIES, b, bAt);
      c00 = a0.fma(b0, c00);
      c10 = a1.fma(b0, c10);
      DoubleVector b1 = fromArray(SPECIES, b, bAt + column);
      c01 = a0.fma(b1, c01);
      c11 = a1.fma(b1, c11);
      DoubleVector b2 = fromArray(SPECIES, b, bAt + 2 * column);
      c02 = a0.fma(b2, c02);
      c12 = a1.fma(b2, c12);
      DoubleVector b3 = fromArray(SPECIES, b, bAt + 3 * column);
      c03 = a0.fma(b3, c03);
      c13 = a1.fma(b3, c13);
    }
    c00.intoArray(c, cFirst);
    c10.intoArray(c, cFirst + BLOCK);
    c01.intoArray(c, cFirst + column);
    c11.intoArray(c, cFirst + column + BLOCK);
    c02.intoArray(c, cFirst + 2 * column);
    c12.intoArray(c, cFirst + 2 * column + BLOCK);
    c03.intoArray(c, cFirst + 3 * column);
    c13.intoArray(c, cFirst + 3 * column + BLOCK);
  }
}
