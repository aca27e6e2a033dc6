package eigengrad.simd.vector;

import static eigengrad.simd.vector.LaneSwaps.FOURS;
import static eigengrad.simd.vector.LaneSwaps.ONES;
import static eigengrad.simd.vector.LaneSwaps.SWAP_FOURS;
import static eigengrad.simd.vector.LaneSwaps.SWAP_ONES;
import static eigengrad.simd.vector.LaneSwaps.SWAP_TWOS;
import static eigengrad.simd.vector.LaneSwaps.TWOS;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.LONGS;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.Transposition;
import eigengrad.simd.scalar.ScalarTransposition;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A matrix and its transpose, in square blocks with as many rows as a vector has lanes; the last
 * block of a row or column overlaps the one before. In each of log₂(lanes) steps, pairs of vectors
 * exchange their lanes off the diagonal. Four columns, which {@link
 * eigengrad.simd.Reduction#applyReflectors} wants by rows, need two such steps, and one that joins
 * the rows.
 *
 * <p>Two lanes have no shuffle in C2, so 128-bit processors run four columns per pass on scalars.
 */
final class VectorTransposition implements Transposition {
  private static final Transposition SCALAR = new ScalarTransposition();

  /** Columns per pass of the scalar loop. */
  private static final int COLUMNS = 4;

  @Override
  public void transpose(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    int rows = m * n <= ScalarTransposition.AT_ONCE ? m : ScalarTransposition.ROWS;
    for (int i = 0; i < m; i += rows) {
      someRows(Math.min(rows, m - i), n, a, aOffset + i, lda, b, bOffset + i * ldb, ldb);
    }
  }

  private static void someRows(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    if (COUNT == 8 && m >= 8 && n == 4 && ldb == 4) {
      for (int i = 0; i < m; i += COUNT) {
        int row = Math.min(i, m - COUNT);
        eightByFour(a, aOffset + row, lda, b, bOffset + row * 4);
      }
      return;
    }
    if (COUNT < 4 || m < COUNT || n < COUNT) {
      scalars(m, n, a, aOffset, lda, b, bOffset, ldb);
      return;
    }
    for (int j = 0; j < n; j += COUNT) {
      int column = Math.min(j, n - COUNT);
      for (int i = 0; i < m; i += COUNT) {
        int row = Math.min(i, m - COUNT);
        int from = aOffset + column * lda + row;
        int to = bOffset + column + row * ldb;
        if (COUNT == 8) {
          eightByEight(a, from, lda, b, to, ldb);
        } else {
          fourByFour(a, from, lda, b, to, ldb);
        }
      }
    }
  }

  private static void eightByEight(double[] a, int from, int lda, double[] b, int to, int ldb) {
    DoubleVector a0 = fromArray(SPECIES, a, from);
    DoubleVector a1 = fromArray(SPECIES, a, from + lda);
    DoubleVector a2 = fromArray(SPECIES, a, from + 2 * lda);
    DoubleVector a3 = fromArray(SPECIES, a, from + 3 * lda);
    DoubleVector a4 = fromArray(SPECIES, a, from + 4 * lda);
    DoubleVector a5 = fromArray(SPECIES, a, from + 5 * lda);
    DoubleVector a6 = fromArray(SPECIES, a, from + 6 * lda);
    DoubleVector a7 = fromArray(SPECIES, a, from + 7 * lda);
    DoubleVector b0 = a0.blend(a1.rearrange(SWAP_ONES), ONES);
    DoubleVector b1 = a0.rearrange(SWAP_ONES).blend(a1, ONES);
    DoubleVector b2 = a2.blend(a3.rearrange(SWAP_ONES), ONES);
    DoubleVector b3 = a2.rearrange(SWAP_ONES).blend(a3, ONES);
    DoubleVector b4 = a4.blend(a5.rearrange(SWAP_ONES), ONES);
    DoubleVector b5 = a4.rearrange(SWAP_ONES).blend(a5, ONES);
    DoubleVector b6 = a6.blend(a7.rearrange(SWAP_ONES), ONES);
    DoubleVector b7 = a6.rearrange(SWAP_ONES).blend(a7, ONES);
    DoubleVector c0 = b0.blend(b2.rearrange(SWAP_TWOS), TWOS);
    DoubleVector c2 = b0.rearrange(SWAP_TWOS).blend(b2, TWOS);
    DoubleVector c1 = b1.blend(b3.rearrange(SWAP_TWOS), TWOS);
    DoubleVector c3 = b1.rearrange(SWAP_TWOS).blend(b3, TWOS);
    DoubleVector c4 = b4.blend(b6.rearrange(SWAP_TWOS), TWOS);
    DoubleVector c6 = b4.rearrange(SWAP_TWOS).blend(b6, TWOS);
    DoubleVector c5 = b5.blend(b7.rearrange(SWAP_TWOS), TWOS);
    DoubleVector c7 = b5.rearrange(SWAP_TWOS).blend(b7, TWOS);
    c0.blend(c4.rearrange(SWAP_FOURS), FOURS).intoArray(b, to);
    c1.blend(c5.rearrange(SWAP_FOURS), FOURS).intoArray(b, to + ldb);
    c2.blend(c6.rearrange(SWAP_FOURS), FOURS).intoArray(b, to + 2 * ldb);
    c3.blend(c7.rearrange(SWAP_FOURS), FOURS).intoArray(b, to + 3 * ldb);
    c0.rearrange(SWAP_FOURS).blend(c4, FOURS).intoArray(b, to + 4 * ldb);
    c1.rearrange(SWAP_FOURS).blend(c5, FOURS).intoArray(b, to + 5 * ldb);
    c2.rearrange(SWAP_FOURS).blend(c6, FOURS).intoArray(b, to + 6 * ldb);
    c3.rearrange(SWAP_FOURS).blend(c7, FOURS).intoArray(b, to + 7 * ldb);
  }

  /** To two rows of four elements per vector. */
  private static void eightByFour(double[] a, int from, int lda, double[] b, int to) {
    DoubleVector a0 = fromArray(SPECIES, a, from);
    DoubleVector a1 = fromArray(SPECIES, a, from + lda);
    DoubleVector a2 = fromArray(SPECIES, a, from + 2 * lda);
    DoubleVector a3 = fromArray(SPECIES, a, from + 3 * lda);
    DoubleVector b0 = a0.blend(a1.rearrange(SWAP_ONES), ONES);
    DoubleVector b1 = a0.rearrange(SWAP_ONES).blend(a1, ONES);
    DoubleVector b2 = a2.blend(a3.rearrange(SWAP_ONES), ONES);
    DoubleVector b3 = a2.rearrange(SWAP_ONES).blend(a3, ONES);
    DoubleVector c0 = b0.blend(b2.rearrange(SWAP_TWOS), TWOS);
    DoubleVector c2 = b0.rearrange(SWAP_TWOS).blend(b2, TWOS);
    DoubleVector c1 = b1.blend(b3.rearrange(SWAP_TWOS), TWOS);
    DoubleVector c3 = b1.rearrange(SWAP_TWOS).blend(b3, TWOS);
    c0.blend(c1.rearrange(SWAP_FOURS), FOURS).intoArray(b, to);
    c2.blend(c3.rearrange(SWAP_FOURS), FOURS).intoArray(b, to + COUNT);
    c0.rearrange(SWAP_FOURS).blend(c1, FOURS).intoArray(b, to + 2 * COUNT);
    c2.rearrange(SWAP_FOURS).blend(c3, FOURS).intoArray(b, to + 3 * COUNT);
  }

  private static void fourByFour(double[] a, int from, int lda, double[] b, int to, int ldb) {
    DoubleVector a0 = fromArray(SPECIES, a, from);
    DoubleVector a1 = fromArray(SPECIES, a, from + lda);
    DoubleVector a2 = fromArray(SPECIES, a, from + 2 * lda);
    DoubleVector a3 = fromArray(SPECIES, a, from + 3 * lda);
    DoubleVector b0 = a0.blend(a1.rearrange(SWAP_ONES), ONES);
    DoubleVector b1 = a0.rearrange(SWAP_ONES).blend(a1, ONES);
    DoubleVector b2 = a2.blend(a3.rearrange(SWAP_ONES), ONES);
    DoubleVector b3 = a2.rearrange(SWAP_ONES).blend(a3, ONES);
    b0.blend(b2.rearrange(SWAP_TWOS), TWOS).intoArray(b, to);
    b1.blend(b3.rearrange(SWAP_TWOS), TWOS).intoArray(b, to + ldb);
    b0.rearrange(SWAP_TWOS).blend(b2, TWOS).intoArray(b, to + 2 * ldb);
    b1.rearrange(SWAP_TWOS).blend(b3, TWOS).intoArray(b, to + 3 * ldb);
  }

  private static void scalars(
      int m, int n, double[] a, int aOffset, int lda, double[] b, int bOffset, int ldb) {
    int j = 0;
    for (; j <= n - COLUMNS; j += COLUMNS) {
      fourColumns(m, a, aOffset + j * lda, lda, b, bOffset + j, ldb);
    }
    for (; j < n; j++) {
      int column = aOffset + j * lda;
      for (int i = 0; i < m; i++) {
        b[bOffset + j + i * ldb] = a[column + i];
      }
    }
  }

  private static void fourColumns(
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

  /** Magnitudes compare as their bits do. */
  @Override
  public double maxAsymmetry(int n, double[] a, int aOffset) {
    if (COUNT < 4 || n < COUNT) {
      return SCALAR.maxAsymmetry(n, a, aOffset);
    }
    double largest = 0;
    for (int j = 0; j < n; j += COUNT) {
      int column = Math.min(j, n - COUNT);
      double inColumns =
          COUNT == 8 ? ofEightColumns(n, a, aOffset, column) : ofFourColumns(n, a, aOffset, column);
      largest = Math.max(largest, inColumns);
    }
    return largest;
  }

  private static double ofEightColumns(int n, double[] a, int aOffset, int column) {
    LongVector magnitude = LongVector.broadcast(LONGS, DoubleFormat.MAGNITUDE);
    LongVector largest = LongVector.zero(LONGS);
    for (int i = column; i < n; i += COUNT) {
      int row = Math.min(i, n - COUNT);
      int above = aOffset + column + row * n;
      int below = aOffset + row + column * n;
      DoubleVector a0 = fromArray(SPECIES, a, above);
      DoubleVector a1 = fromArray(SPECIES, a, above + n);
      DoubleVector a2 = fromArray(SPECIES, a, above + 2 * n);
      DoubleVector a3 = fromArray(SPECIES, a, above + 3 * n);
      DoubleVector a4 = fromArray(SPECIES, a, above + 4 * n);
      DoubleVector a5 = fromArray(SPECIES, a, above + 5 * n);
      DoubleVector a6 = fromArray(SPECIES, a, above + 6 * n);
      DoubleVector a7 = fromArray(SPECIES, a, above + 7 * n);
      DoubleVector b0 = a0.blend(a1.rearrange(SWAP_ONES), ONES);
      DoubleVector b1 = a0.rearrange(SWAP_ONES).blend(a1, ONES);
      DoubleVector b2 = a2.blend(a3.rearrange(SWAP_ONES), ONES);
      DoubleVector b3 = a2.rearrange(SWAP_ONES).blend(a3, ONES);
      DoubleVector b4 = a4.blend(a5.rearrange(SWAP_ONES), ONES);
      DoubleVector b5 = a4.rearrange(SWAP_ONES).blend(a5, ONES);
      DoubleVector b6 = a6.blend(a7.rearrange(SWAP_ONES), ONES);
      DoubleVector b7 = a6.rearrange(SWAP_ONES).blend(a7, ONES);
      DoubleVector c0 = b0.blend(b2.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c2 = b0.rearrange(SWAP_TWOS).blend(b2, TWOS);
      DoubleVector c1 = b1.blend(b3.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c3 = b1.rearrange(SWAP_TWOS).blend(b3, TWOS);
      DoubleVector c4 = b4.blend(b6.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c6 = b4.rearrange(SWAP_TWOS).blend(b6, TWOS);
      DoubleVector c5 = b5.blend(b7.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c7 = b5.rearrange(SWAP_TWOS).blend(b7, TWOS);
      DoubleVector d0 = c0.blend(c4.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d4 = c0.rearrange(SWAP_FOURS).blend(c4, FOURS);
      DoubleVector d1 = c1.blend(c5.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d5 = c1.rearrange(SWAP_FOURS).blend(c5, FOURS);
      DoubleVector d2 = c2.blend(c6.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d6 = c2.rearrange(SWAP_FOURS).blend(c6, FOURS);
      DoubleVector d3 = c3.blend(c7.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d7 = c3.rearrange(SWAP_FOURS).blend(c7, FOURS);
      largest =
          magnitude
              .and(d0.sub(fromArray(SPECIES, a, below)).reinterpretAsLongs())
              .max(magnitude.and(d1.sub(fromArray(SPECIES, a, below + n)).reinterpretAsLongs()))
              .max(magnitude.and(d2.sub(fromArray(SPECIES, a, below + 2 * n)).reinterpretAsLongs()))
              .max(magnitude.and(d3.sub(fromArray(SPECIES, a, below + 3 * n)).reinterpretAsLongs()))
              .max(magnitude.and(d4.sub(fromArray(SPECIES, a, below + 4 * n)).reinterpretAsLongs()))
              .max(magnitude.and(d5.sub(fromArray(SPECIES, a, below + 5 * n)).reinterpretAsLongs()))
              .max(magnitude.and(d6.sub(fromArray(SPECIES, a, below + 6 * n)).reinterpretAsLongs()))
              .max(magnitude.and(d7.sub(fromArray(SPECIES, a, below + 7 * n)).reinterpretAsLongs()))
              .max(largest);
    }
    return Double.longBitsToDouble(largest.reduceLanes(VectorOperators.MAX));
  }

  private static double ofFourColumns(int n, double[] a, int aOffset, int column) {
    LongVector magnitude = LongVector.broadcast(LONGS, DoubleFormat.MAGNITUDE);
    LongVector largest = LongVector.zero(LONGS);
    for (int i = column; i < n; i += COUNT) {
      int row = Math.min(i, n - COUNT);
      int above = aOffset + column + row * n;
      int below = aOffset + row + column * n;
      DoubleVector a0 = fromArray(SPECIES, a, above);
      DoubleVector a1 = fromArray(SPECIES, a, above + n);
      DoubleVector a2 = fromArray(SPECIES, a, above + 2 * n);
      DoubleVector a3 = fromArray(SPECIES, a, above + 3 * n);
      DoubleVector b0 = a0.blend(a1.rearrange(SWAP_ONES), ONES);
      DoubleVector b1 = a0.rearrange(SWAP_ONES).blend(a1, ONES);
      DoubleVector b2 = a2.blend(a3.rearrange(SWAP_ONES), ONES);
      DoubleVector b3 = a2.rearrange(SWAP_ONES).blend(a3, ONES);
      DoubleVector d0 = b0.blend(b2.rearrange(SWAP_TWOS), TWOS);
      DoubleVector d2 = b0.rearrange(SWAP_TWOS).blend(b2, TWOS);
      DoubleVector d1 = b1.blend(b3.rearrange(SWAP_TWOS), TWOS);
      DoubleVector d3 = b1.rearrange(SWAP_TWOS).blend(b3, TWOS);
      largest =
          magnitude
              .and(d0.sub(fromArray(SPECIES, a, below)).reinterpretAsLongs())
              .max(magnitude.and(d1.sub(fromArray(SPECIES, a, below + n)).reinterpretAsLongs()))
              .max(magnitude.and(d2.sub(fromArray(SPECIES, a, below + 2 * n)).reinterpretAsLongs()))
              .max(magnitude.and(d3.sub(fromArray(SPECIES, a, below + 3 * n)).reinterpretAsLongs()))
              .max(largest);
    }
    return zero(SPECIES).max(largest.reinterpretShape(SPECIES, 0)).reduceLanes(VectorOperators.MAX);
  }
}
