package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FusedUpdateTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;
  private static final int OFFSET = 5;

  /** The signature of the kernel. */
  private interface Fused {
    void apply(
        int firstStrip,
        int endStrip,
        int firstColumn,
        double[] p,
        double[] q,
        double[] a,
        int aOffset,
        double[] x,
        double[] y,
        double[] work,
        int workOffset);
  }

  @Test
  void syr2Symv_everyRangeOfStrips_isTheUpdateThenTheProductOnThoseStripsAlone() {
    for (KernelSet kernels : Samples.kernelSets()) {
      check(kernels, kernels.reduction()::syr2Symv);
    }
  }

  @Test
  void syr2Symv_kernelThatUpdatesTwiceOrSkipsAColumn_isRejected() {
    KernelSet scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (strip, end, column, p, q, a, aOffset, x, y, work, workOffset) -> {
                  scalar
                      .reduction()
                      .syr2Symv(strip, end, column, p, q, a, aOffset, x, y, work, workOffset);
                  scalar
                      .reduction()
                      .syr2Symv(strip, end, column, p, q, a, aOffset, x, y, work, workOffset);
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (strip, end, column, p, q, a, aOffset, x, y, work, workOffset) ->
                    scalar
                        .reduction()
                        .syr2Symv(
                            strip, end, column + 1, p, q, a, aOffset, x, y, work, workOffset)));
  }

  private static void check(KernelSet kernels, Fused kernel) {
    int rows = kernels.reduction().stripRows();
    assertEquals(0, rows % 2);
    assertEquals(0, rows % kernels.lanes());
    for (int strips = 1; strips <= 3; strips++) {
      for (int column : new int[] {0, 1, rows / 2, rows - 1, rows, rows + 3, 2 * rows + 1}) {
        for (int first = column / rows; first <= strips; first++) {
          for (int end = first + 1; end <= strips; end++) {
            check(kernels, kernel, strips, first, end, column);
          }
        }
      }
    }
  }

  private static void check(
      KernelSet kernels, Fused kernel, int strips, int firstStrip, int endStrip, int column) {
    int h = kernels.reduction().stripRows();
    int n = strips * h;
    Random random = new Random(8 + column);
    double[] p = random.doubles(n, -1, 1).toArray();
    double[] q = random.doubles(n, -1, 1).toArray();
    double[] x = random.doubles(n, -1, 1).toArray();
    double[] y = new double[n];
    Arrays.fill(y, Double.NaN);
    double[] work = new double[OFFSET + n * kernels.lanes()];
    Arrays.fill(work, Double.NaN);
    double[] a = new double[OFFSET + strips * (strips + 1) / 2 * h * h];
    double[] expectedA = new double[a.length];
    double[] expectedY = new double[n];
    for (int i = 0; i < n; i++) {
      int strip = i / h;
      for (int j = 0; j < (strip + 1) * h; j++) {
        int at = OFFSET + h * h * strip * (strip + 1) / 2 + i - strip * h + j * h;
        int squareOfRow = i / kernels.lanes();
        int squareOfColumn = j / kernels.lanes();
        boolean isRead = squareOfColumn <= squareOfRow;
        a[at] = isRead ? random.nextDouble(-1, 1) : Double.NaN;
        expectedA[at] = a[at];
        if (isRead && strip >= firstStrip && strip < endStrip && i >= column && j >= column) {
          expectedA[at] -= p[i] * q[j] + q[i] * p[j];
          expectedY[i] += expectedA[at] * x[j];
          expectedY[j] += squareOfColumn < squareOfRow ? expectedA[at] * x[i] : 0;
        }
      }
    }
    kernel.apply(firstStrip, endStrip, column, p, q, a, OFFSET, x, y, work, OFFSET);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < (i / h + 1) * h; j++) {
        int at = OFFSET + h * h * (i / h) * (i / h + 1) / 2 + i - i / h * h + j * h;
        if (i < column - kernels.lanes() + 1 || i >= column) {
          assertEquals(expectedA[at], a[at], 8 * UNIT_ROUNDOFF);
        }
      }
    }
    for (int i = column; i < n; i++) {
      // n products of elements below 3 and the roundings of the update itself.
      double tolerance = 3.0 * (n + 8) * (n + 8) * UNIT_ROUNDOFF;
      assertEquals(i < endStrip * h ? expectedY[i] : Double.NaN, y[i], tolerance);
    }
    for (int i = 0; i < column - kernels.lanes(); i++) {
      assertEquals(Double.NaN, y[i]);
    }
  }
}
