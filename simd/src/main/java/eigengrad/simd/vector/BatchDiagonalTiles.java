package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * Products A·diag(d)·Bᵀ of interleaved matrices, a tile of C in registers while the columns of A
 * and B stream by.
 *
 * <p>A 4×4 tile does 16 multiply-adds with nine loads; where there are 16 registers, 2×4 is what
 * fits, and 3×3 where A or B has three rows. The last tile of a row or column is moved back to end
 * with the matrix: what two tiles compute twice has the same bits.
 */
final class BatchDiagonalTiles {
  private static final int ROWS = Tiles.SIZES.manyRegisters() ? 4 : 2;
  private static final int COLUMNS = 4;

  private BatchDiagonalTiles() {}

  /**
   * C ← A·diag(d)·Bᵀ for the matrices of one vector.
   *
   * @param lower whether what is above the diagonal may be left out
   */
  static void multiply(
      boolean lower,
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      double[] d,
      int dOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset) {
    int least = Math.min(m, n);
    int rows = least > 3 ? ROWS : least == 3 ? 3 : 1;
    int columns = least > 3 ? COLUMNS : rows;
    for (int left = 0; left < n; left += columns) {
      int j = Math.min(left, n - columns);
      int bFirst = bOffset + j * BLOCK;
      for (int top = lower ? j : 0; top < m; top += rows) {
        int i = Math.min(top, m - rows);
        int aFirst = aOffset + i * BLOCK;
        int cFirst = cOffset + (j * m + i) * BLOCK;
        if (columns == 1) {
          oneByOne(m, n, k, a, aFirst, d, dOffset, b, bFirst, c, cFirst);
        } else if (columns == 3) {
          threeByThree(m, n, k, a, aFirst, d, dOffset, b, bFirst, c, cFirst);
        } else if (Tiles.SIZES.manyRegisters()) {
          fourByFour(m, n, k, a, aFirst, d, dOffset, b, bFirst, c, cFirst);
        } else {
          twoByFour(m, n, k, a, aFirst, d, dOffset, b, bFirst, c, cFirst);
        }
      }
    }
  }

  private static void oneByOne(
      int m,
      int n,
      int k,
      double[] a,
      int aFirst,
      double[] d,
      int dFirst,
      double[] b,
      int bFirst,
      double[] c,
      int cFirst) {
    DoubleVector c00 = zero(SPECIES);
    for (int l = 0; l < k; l++) {
      int aAt = aFirst + l * m * BLOCK;
      int bAt = bFirst + l * n * BLOCK;
      DoubleVector factor = fromArray(SPECIES, d, dFirst + l * BLOCK);
      DoubleVector a0 = fromArray(SPECIES, a, aAt);
      DoubleVector b0 = factor.mul(fromArray(SPECIES, b, bAt));
      c00 = a0.fma(b0, c00);
    }
    c00.intoArray(c, cFirst);
  }

  private static void threeByThree(
      int m,
      int n,
      int k,
      double[] a,
      int aFirst,
      double[] d,
      int dFirst,
      double[] b,
      int bFirst,
      double[] c,
      int cFirst) {
    DoubleVector c00 = zero(SPECIES);
    DoubleVector c10 = zero(SPECIES);
    DoubleVector c20 = zero(SPECIES);
    DoubleVector c01 = zero(SPECIES);
    DoubleVector c11 = zero(SPECIES);
    DoubleVector c21 = zero(SPECIES);
    DoubleVector c02 = zero(SPECIES);
    DoubleVector c12 = zero(SPECIES);
    DoubleVector c22 = zero(SPECIES);
    for (int l = 0; l < k; l++) {
      int aAt = aFirst + l * m * BLOCK;
      int bAt = bFirst + l * n * BLOCK;
      DoubleVector factor = fromArray(SPECIES, d, dFirst + l * BLOCK);
      DoubleVector a0 = fromArray(SPECIES, a, aAt);
      DoubleVector a1 = fromArray(SPECIES, a, aAt + BLOCK);
      DoubleVector a2 = fromArray(SPECIES, a, aAt + 2 * BLOCK);
      DoubleVector b0 = factor.mul(fromArray(SPECIES, b, bAt));
      c00 = a0.fma(b0, c00);
      c10 = a1.fma(b0, c10);
      c20 = a2.fma(b0, c20);
      DoubleVector b1 = factor.mul(fromArray(SPECIES, b, bAt + BLOCK));
      c01 = a0.fma(b1, c01);
      c11 = a1.fma(b1, c11);
      c21 = a2.fma(b1, c21);
      DoubleVector b2 = factor.mul(fromArray(SPECIES, b, bAt + 2 * BLOCK));
      c02 = a0.fma(b2, c02);
      c12 = a1.fma(b2, c12);
      c22 = a2.fma(b2, c22);
    }
    int column = m * BLOCK;
    c00.intoArray(c, cFirst);
    c10.intoArray(c, cFirst + BLOCK);
    c20.intoArray(c, cFirst + 2 * BLOCK);
    c01.intoArray(c, cFirst + column);
    c11.intoArray(c, cFirst + column + BLOCK);
    c21.intoArray(c, cFirst + column + 2 * BLOCK);
    c02.intoArray(c, cFirst + 2 * column);
    c12.intoArray(c, cFirst + 2 * column + BLOCK);
    c22.intoArray(c, cFirst + 2 * column + 2 * BLOCK);
  }

  private static void fourByFour(
      int m,
      int n,
      int k,
      double[] a,
      int aFirst,
      double[] d,
      int dFirst,
      double[] b,
      int bFirst,
      double[] c,
      int cFirst) {
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
    for (int l = 0; l < k; l++) {
      int aAt = aFirst + l * m * BLOCK;
      int bAt = bFirst + l * n * BLOCK;
      DoubleVector factor = fromArray(SPECIES, d, dFirst + l * BLOCK);
      DoubleVector a0 = fromArray(SPECIES, a, aAt);
      DoubleVector a1 = fromArray(SPECIES, a, aAt + BLOCK);
      DoubleVector a2 = fromArray(SPECIES, a, aAt + 2 * BLOCK);
      DoubleVector a3 = fromArray(SPECIES, a, aAt + 3 * BLOCK);
      DoubleVector b0 = factor.mul(fromArray(SPECIES, b, bAt));
      c00 = a0.fma(b0, c00);
      c10 = a1.fma(b0, c10);
      c20 = a2.fma(b0, c20);
      c30 = a3.fma(b0, c30);
      DoubleVector b1 = factor.mul(fromArray(SPECIES, b, bAt + BLOCK));
      c01 = a0.fma(b1, c01);
      c11 = a1.fma(b1, c11);
      c21 = a2.fma(b1, c21);
      c31 = a3.fma(b1, c31);
      DoubleVector b2 = factor.mul(fromArray(SPECIES, b, bAt + 2 * BLOCK));
      c02 = a0.fma(b2, c02);
      c12 = a1.fma(b2, c12);
      c22 = a2.fma(b2, c22);
      c32 = a3.fma(b2, c32);
      DoubleVector b3 = factor.mul(fromArray(SPECIES, b, bAt + 3 * BLOCK));
      c03 = a0.fma(b3, c03);
      c13 = a1.fma(b3, c13);
      c23 = a2.fma(b3, c23);
      c33 = a3.fma(b3, c33);
    }
    int column = m * BLOCK;
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
      int m,
      int n,
      int k,
      double[] a,
      int aFirst,
      double[] d,
      int dFirst,
      double[] b,
      int bFirst,
      double[] c,
      int cFirst) {
    DoubleVector c00 = zero(SPECIES);
    DoubleVector c10 = zero(SPECIES);
    DoubleVector c01 = zero(SPECIES);
    DoubleVector c11 = zero(SPECIES);
    DoubleVector c02 = zero(SPECIES);
    DoubleVector c12 = zero(SPECIES);
    DoubleVector c03 = zero(SPECIES);
    DoubleVector c13 = zero(SPECIES);
    for (int l = 0; l < k; l++) {
      int aAt = aFirst + l * m * BLOCK;
      int bAt = bFirst + l * n * BLOCK;
      DoubleVector factor = fromArray(SPECIES, d, dFirst + l * BLOCK);
      DoubleVector a0 = fromArray(SPECIES, a, aAt);
      DoubleVector a1 = fromArray(SPECIES, a, aAt + BLOCK);
      DoubleVector b0 = factor.mul(fromArray(SPECIES, b, bAt));
      c00 = a0.fma(b0, c00);
      c10 = a1.fma(b0, c10);
      DoubleVector b1 = factor.mul(fromArray(SPECIES, b, bAt + BLOCK));
      c01 = a0.fma(b1, c01);
      c11 = a1.fma(b1, c11);
      DoubleVector b2 = factor.mul(fromArray(SPECIES, b, bAt + 2 * BLOCK));
      c02 = a0.fma(b2, c02);
      c12 = a1.fma(b2, c12);
      DoubleVector b3 = factor.mul(fromArray(SPECIES, b, bAt + 3 * BLOCK));
      c03 = a0.fma(b3, c03);
      c13 = a1.fma(b3, c13);
    }
    int column = m * BLOCK;
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
