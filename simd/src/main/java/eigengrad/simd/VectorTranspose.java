package eigengrad.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Out-of-place transposition in blocks of 4×4, each held in four 256-bit vectors.
 *
 * <p>Wider blocks need more shuffles an element; two lanes have no shuffle in C2, so 128-bit
 * processors run the same four columns a pass on scalars.
 */
final class VectorTranspose {
  private static final int BLOCK = 4;

  private static final VectorSpecies<Double> QUAD = DoubleVector.SPECIES_256;

  // Of two rows (a₀ a₁ a₂ a₃) and (b₀ b₁ b₂ b₃), numbered through from 0 to 7.
  private static final VectorShuffle<Double> EVEN = VectorShuffle.fromValues(QUAD, 0, 4, 2, 6);
  private static final VectorShuffle<Double> ODD = VectorShuffle.fromValues(QUAD, 1, 5, 3, 7);
  private static final VectorShuffle<Double> FIRST = VectorShuffle.fromValues(QUAD, 0, 1, 4, 5);
  private static final VectorShuffle<Double> LAST = VectorShuffle.fromValues(QUAD, 2, 3, 6, 7);

  private VectorTranspose() {}

  static void transpose(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    int rows = m * n <= Tiles.TRANSPOSE_AT_ONCE ? m : Tiles.TRANSPOSE_ROWS;
    for (int i = 0; i < m; i += rows) {
      someRows(Math.min(rows, m - i), n, a, aOffset + i, lda, b, bOffset + i * ldb, ldb);
    }
  }

  private static void someRows(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    int j = 0;
    for (; j <= n - BLOCK; j += BLOCK) {
      int column = aOffset + j * lda;
      int whole = 0;
      if (Lanes.BITS >= 256) {
        whole = m - m % BLOCK;
        fourColumns(whole, a, column, lda, b, bOffset + j, ldb);
      }
      fourColumnsOfScalars(m - whole, a, column + whole, lda, b, bOffset + j + whole * ldb, ldb);
    }
    for (; j < n; j++) {
      int column = aOffset + j * lda;
      for (int i = 0; i < m; i++) {
        b[bOffset + j + i * ldb] = a[column + i];
      }
    }
  }

  private static void fourColumns(
      int whole, double[] a, int column0, int lda, double[] b, int bOffset, int ldb) {
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    int row = bOffset;
    for (int i = 0; i < whole; i += BLOCK) {
      DoubleVector a0 = DoubleVector.fromArray(QUAD, a, column0 + i);
      DoubleVector a1 = DoubleVector.fromArray(QUAD, a, column1 + i);
      DoubleVector a2 = DoubleVector.fromArray(QUAD, a, column2 + i);
      DoubleVector a3 = DoubleVector.fromArray(QUAD, a, column3 + i);
      DoubleVector even01 = a0.rearrange(EVEN, a1);
      DoubleVector odd01 = a0.rearrange(ODD, a1);
      DoubleVector even23 = a2.rearrange(EVEN, a3);
      DoubleVector odd23 = a2.rearrange(ODD, a3);
      even01.rearrange(FIRST, even23).intoArray(b, row);
      odd01.rearrange(FIRST, odd23).intoArray(b, row + ldb);
      even01.rearrange(LAST, even23).intoArray(b, row + 2 * ldb);
      odd01.rearrange(LAST, odd23).intoArray(b, row + 3 * ldb);
      row += BLOCK * ldb;
    }
  }

  private static void fourColumnsOfScalars(
      int rows, double[] a, int column0, int lda, double[] b, int bOffset, int ldb) {
    int column1 = column0 + lda;
    int column2 = column1 + lda;
    int column3 = column2 + lda;
    int row = bOffset;
    for (int i = 0; i < rows; i++) {
      b[row] = a[column0 + i];
      b[row + 1] = a[column1 + i];
      b[row + 2] = a[column2 + i];
      b[row + 3] = a[column3 + i];
      row += ldb;
    }
  }
}
