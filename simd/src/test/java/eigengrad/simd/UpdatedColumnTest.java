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
  private static final int OFFSET = 5;

  /** The signature of the kernel. */
  private interface Column {
    double compute(
        int j,
        int endStrip,
        double alpha,
        double[] p,
        double beta,
        double[] q,
        double[] a,
        int aOffset,
        double[] x);
  }

  @Test
  void updatedColumn_everyColumn_isWithinRoundingAndLeavesTheMatrixAlone() {
    for (KernelSet kernels : Samples.kernelSets()) {
      check(kernels, kernels.reduction()::updatedColumn);
    }
  }

  @Test
  void updatedColumn_kernelsThatKeepARowTooManyOrForgetATerm_areRejected() {
    KernelSet scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (j, endStrip, alpha, p, beta, q, a, aOffset, x) -> {
                  double squares =
                      scalar
                          .reduction()
                          .updatedColumn(j, endStrip, alpha, p, beta, q, a, aOffset, x);
                  x[j] = a[0];
                  return squares;
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (j, endStrip, alpha, p, beta, q, a, aOffset, x) ->
                    scalar.reduction().updatedColumn(j, endStrip, alpha, p, 0, q, a, aOffset, x)));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (j, endStrip, alpha, p, beta, q, a, aOffset, x) -> {
                  double squares =
                      scalar
                          .reduction()
                          .updatedColumn(j, endStrip, alpha, p, beta, q, a, aOffset, x);
                  return squares - (j + 2 < x.length ? x[j + 2] * x[j + 2] : 0);
                }));
  }

  private static void check(KernelSet kernels, Column kernel) {
    int h = kernels.reduction().stripRows();
    int n = 3 * h;
    Random random = new Random(9);
    double alpha = -0.3;
    double beta = 0.7;
    double[] p = random.doubles(n, -1, 1).toArray();
    double[] oldQ = random.doubles(n, -1, 1).toArray();
    double[] a = random.doubles(OFFSET + 6L * h * h, -1, 1).toArray();
    double[] before = a.clone();
    for (int endStrip = 1; endStrip <= 3; endStrip++) {
      for (int j = 0; j < endStrip * h; j++) {
        double[] x = new double[n];
        Arrays.fill(x, Double.NaN);
        double[] q = oldQ.clone();
        double squares = kernel.compute(j, endStrip, alpha, p, beta, q, a, OFFSET, x);
        double expected = 0;
        for (int i = j; i < endStrip * h; i++) {
          assertEquals(alpha * p[i] + beta * oldQ[i], q[i], 2 * UNIT_ROUNDOFF);
          int strip = i / h;
          double element = a[OFFSET + h * h * strip * (strip + 1) / 2 + i - strip * h + j * h];
          double updated = i < j + 2 ? 0 : element - p[i] * q[j] - q[i] * p[j];
          assertEquals(updated, x[i], 8 * UNIT_ROUNDOFF);
          expected += x[i] * x[i];
        }
        assertEquals(expected, squares, 2 * n * UNIT_ROUNDOFF * expected, "column " + j);
        for (int i = 0; i < n; i++) {
          boolean mayBeWritten = i > j - kernels.lanes() && i < endStrip * h;
          assertTrue(mayBeWritten || (Double.isNaN(x[i]) && q[i] == oldQ[i]), "row " + i);
          boolean inVector = i < j && i >= j / kernels.lanes() * kernels.lanes();
          assertTrue(!inVector || x[i] == 0, "row " + i);
        }
      }
    }
    assertArrayEquals(before, a);
  }
}
