package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/** Products of a matrix, or its transpose, with a vector, one matrix a lane. */
final class BatchMatrixVector {
  private BatchMatrixVector() {}

  /**
   * y ← op(A)x, four elements at a time: each waits for its own sum only.
   *
   * @param rowStep elements of one matrix from a row of op(A) to the next
   * @param columnStep the same for columns
   */
  static void multiply(int n, double[] a, int rowStep, int columnStep, double[] x, double[] y) {
    int row = rowStep * GROUP;
    int column = columnStep * GROUP;
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      int i = 0;
      for (; i < n - 3; i += 4) {
        fourRows(n, a, lane + i * row, row, column, x, lane, y, lane + i * GROUP);
      }
      for (; i < n; i++) {
        oneRow(n, a, lane + i * row, column, x, lane, y, lane + i * GROUP);
      }
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
      DoubleVector xj = fromArray(SPECIES, x, xFirst + j * GROUP);
      sum0 = fromArray(SPECIES, a, at).fma(xj, sum0);
      sum1 = fromArray(SPECIES, a, at + row).fma(xj, sum1);
      sum2 = fromArray(SPECIES, a, at + 2 * row).fma(xj, sum2);
      sum3 = fromArray(SPECIES, a, at + 3 * row).fma(xj, sum3);
    }
    sum0.intoArray(y, target);
    sum1.intoArray(y, target + GROUP);
    sum2.intoArray(y, target + 2 * GROUP);
    sum3.intoArray(y, target + 3 * GROUP);
  }

  private static void oneRow(
      int n, double[] a, int first, int column, double[] x, int xFirst, double[] y, int target) {
    DoubleVector sum = zero(SPECIES);
    for (int j = 0; j < n; j++) {
      sum =
          fromArray(SPECIES, a, first + j * column)
              .fma(fromArray(SPECIES, x, xFirst + j * GROUP), sum);
    }
    sum.intoArray(y, target);
  }
}
