package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdatedColumnTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** The signature of the kernel. */
  private interface Column {
    double compute(int j, int endStrip, double[] p, double[] q, double[] a, double[] x);
  }

  @Test
  void updatedColumn_everyColumn_isWithinRoundingAndLeavesTheMatrixAlone() {
    for (Kernels kernels : Samples.kernelSets()) {
      check(kernels, kernels::updatedColumn);
    }
  }

  @Test
  void updatedColumn_kernelsThatCountARowTooManyOrForgetATerm_areRejected() {
    Kernels scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (j, endStrip, p, q, a, x) ->
                    scalar.updatedColumn(j, endStrip, p, q, a, x)
                        + (j + 1 < x.length ? x[j + 1] * x[j + 1] : 0)));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (j, endStrip, p, q, a, x) ->
                    scalar.updatedColumn(j, endStrip, p, new double[q.length], a, x)));
  }

  private static void check(Kernels kernels, Column kernel) {
    int h = kernels.stripRows();
    int n = 3 * h;
    Random random = new Random(9);
    double[] p = random.doubles(n, -1, 1).toArray();
    double[] q = random.doubles(n, -1, 1).toArray();
    double[] a = random.doubles(6L * h * h, -1, 1).toArray();
    double[] before = a.clone();
    for (int endStrip = 1; endStrip <= 3; endStrip++) {
      for (int j = 0; j < endStrip * h; j++) {
        double[] x = new double[n];
        Arrays.fill(x, Double.NaN);
        double squares = kernel.compute(j, endStrip, p, q, a, x);
        double expected = 0;
        for (int i = j; i < endStrip * h; i++) {
          int strip = i / h;
          double element = a[h * h * strip * (strip + 1) / 2 + i - strip * h + j * h];
          assertEquals(element - p[i] * q[j] - q[i] * p[j], x[i], 8 * UNIT_ROUNDOFF);
          expected += i < j + 2 ? 0 : x[i] * x[i];
        }
        assertEquals(expected, squares, 2 * n * UNIT_ROUNDOFF * expected, "column " + j);
        for (int i = 0; i < n; i++) {
          boolean mayBeWritten = i > j - kernels.lanes() && i < endStrip * h;
          assertTrue(mayBeWritten || Double.isNaN(x[i]), "row " + i);
        }
      }
    }
    assertArrayEquals(before, a);
  }
}
