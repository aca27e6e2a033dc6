package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/** Products of a matrix, or its transpose, with a vector, one matrix per lane. */
final class BatchMatrixVector {
  private BatchMatrixVector() {}

  /**
   * y ← op(A)x for the matrices of one vector, four elements at a time: each waits for its own sum
   * only.
   *
   * @param row from a row of op(A) to the next
   * @param column from a column of op(A) to the next
   */
  static void multiply(int n, double[] a, int row, int column, double[] x, double[] y, int lane) {
    int i = 0;
    for (; i < n - 3; i += 4) {
      fourRows(n, a, lane + i * row, row, column, x, lane, y, lane + i * BLOCK);
    }
    for (; i < n; i++) {
      oneRow(n, a, lane + i * row, column, x, lane, y, lane + i * BLOCK);
    }
  }

  private static void fourRows(
      int n,
      double[] a,
      int first,
      int row,
      int column,
      double[] x,
      int xFirst,
      double[] y,
      int target) {
    DoubleVector sum0 = zero(SPECIES);
    DoubleVector sum1 = zero(SPECIES);
    DoubleVector sum2 = zero(SPECIES);
    DoubleVector sum3 = zero(SPECIES);
    for (int j = 0; j < n; j++) {
      int at = first + j * column;
      DoubleVector xj = fromArray(SPECIES, x, xFirst + j * BLOCK);
      sum0 = fromArray(SPECIES, a, at).fma(xj, sum0);
      sum1 = fromArray(SPECIES, a, at + row).fma(xj, sum1);
      sum2 = fromArray(SPECIES, a, at + 2 * row).fma(xj, sum2);
      sum3 = fromArray(SPECIES, a, at + 3 * row).fma(xj, sum3);
    }
    sum0.intoArray(y, target);
    sum1.intoArray(y, target + BLOCK);
    sum2.intoArray(y, target + 2 * BLOCK);
    sum3.intoArray(y, target + 3 * BLOCK);
  }

  private static void oneRow(
      int n, double[] a, int first, int column, double[] x, int xFirst, double[] y, int target) {
    DoubleVector sum = zero(SPECIES);
    for (int j = 0; j < n; j++) {
      sum =
          fromArray(SPECIES, a, first + j * column)
              .fma(fromArray(SPECIES, x, xFirst + j * BLOCK), sum);
    }
    sum.intoArray(y, target);
  }
}
