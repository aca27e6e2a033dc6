package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FullUpdateTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** The signature of the kernel. */
  private interface Update {
    void apply(
        int firstRow,
        int endRow,
        int firstColumn,
        int endColumn,
        double[] p,
        double[] q,
        double[] a,
        int lda,
        double[] x,
        double[] y);
  }

  @Test
  void syr2Gemv_everyBlock_isTheUpdateThenTheProductAndWritesNothingElse() {
    for (Kernels kernels : Samples.kernelSets()) {
      check(kernels.lanes(), kernels::syr2Gemv);
    }
  }

  @Test
  void syr2Gemv_kernelsThatMultiplyFirstOrMissAColumn_areRejected() {
    Kernels scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                1,
                (row, endRow, column, end, p, q, a, lda, x, y) -> {
                  scalar.gemv(
                      endRow - row,
                      end - column,
                      1,
                      a,
                      row + column * lda,
                      lda,
                      x,
                      column,
                      1,
                      y,
                      row);
                  scalar.syr2Gemv(row, endRow, column, end, p, q, a, lda, x, y.clone());
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                1,
                (row, endRow, column, end, p, q, a, lda, x, y) ->
                    scalar.syr2Gemv(
                        row, endRow, column, Math.max(column, end - 1), p, q, a, lda, x, y)));
  }

  private static void check(int lanes, Update kernel) {
    Random random = new Random(9);
    for (int vectors = 0; vectors <= 9; vectors++) {
      for (int columns : new int[] {0, 1, 2, 5, 12}) {
        checkOne(kernel, lanes * (vectors % 3), lanes * vectors, columns, random);
      }
    }
  }

  private static void checkOne(Update kernel, int row, int rows, int columns, Random random) {
    int endRow = row + rows;
    int column = 2;
    int endColumn = column + columns;
    int lda = endRow + 3;
    int length = Math.max(endRow, endColumn) + 1;
    double[] p = random.doubles(length, -1, 1).toArray();
    double[] q = random.doubles(length, -1, 1).toArray();
    double[] x = random.doubles(length, -1, 1).toArray();
    double[] y = random.doubles(length, -1, 1).toArray();
    double[] a = random.doubles(lda * endColumn + 1, -1, 1).toArray();
    double[] expectedA = a.clone();
    double[] expectedY = y.clone();
    for (int j = column; j < endColumn; j++) {
      for (int i = row; i < endRow; i++) {
        expectedA[i + j * lda] -= p[i] * q[j] + q[i] * p[j];
        expectedY[i] += expectedA[i + j * lda] * x[j];
      }
    }
    kernel.apply(row, endRow, column, endColumn, p, q, a, lda, x, y);
    for (int at = 0; at < a.length; at++) {
      int i = at % lda;
      boolean inside = at / lda >= column && at / lda < endColumn && i >= row && i < endRow;
      assertEquals(expectedA[at], a[at], inside ? 8 * UNIT_ROUNDOFF : 0);
    }
    for (int i = 0; i < length; i++) {
      boolean inside = i >= row && i < endRow;
      // Products of elements below 3, with the roundings of the update itself.
      double tolerance = inside ? 3.0 * (columns + 8) * (columns + 8) * UNIT_ROUNDOFF : 0;
      assertEquals(expectedY[i], y[i], tolerance);
    }
  }
}
