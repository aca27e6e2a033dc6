package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FusedUpdateTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;
  private static final int OFFSET = 2;

  /** The signature of the kernel. */
  private interface Fused {
    void apply(
        int n,
        int columns,
        double[] p,
        int pOffset,
        double[] q,
        int qOffset,
        double[] a,
        int aOffset,
        int lda,
        double[] x,
        int xOffset,
        double[] y,
        int yOffset);
  }

  @Test
  void syr2Symv_everySize_isTheUpdateThenTheProductOnTheLowerTriangleAlone() {
    check(Kernels.active()::syr2Symv);
    check(Kernels.scalar()::syr2Symv);
  }

  @Test
  void syr2Symv_kernelThatMultipliesBeforeTheUpdate_isRejected() {
    Kernels scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (n, columns, p, po, q, qo, a, ao, lda, x, xo, y, yo) -> {
                  scalar.symv(n, 1, a, ao, lda, x, xo, 0, y, yo);
                  scalar.syr2(n, -1, p, po, q, qo, a, ao, lda);
                }));
  }

  private static void check(Fused kernel) {
    for (int n = 0; n <= 45; n++) {
      check(kernel, n, n);
      for (int columns : new int[] {n / 2, n / 5, n / 4 * 4, 0}) {
        check(kernel, n, columns);
      }
    }
  }

  private static void check(Fused kernel, int n, int columns) {
    Random random = new Random(8 + n);
    int lda = n + 3;
    double[] p = random.doubles(n + 8, -1, 1).toArray();
    double[] q = random.doubles(n + 8, -1, 1).toArray();
    double[] x = random.doubles(n + 8, -1, 1).toArray();
    double[] y = new double[n + 8];
    java.util.Arrays.fill(y, Double.NaN);
    double[] a = new double[OFFSET + lda * n + 8];
    java.util.Arrays.fill(a, Double.NaN);
    double[][] full = new double[n][n];
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double element = random.nextDouble(-1, 1);
        a[OFFSET + i + j * lda] = element;
        double updated =
            j < columns ? element - p[i + 1] * q[j + 3] - q[i + 3] * p[j + 1] : element;
        full[i][j] = updated;
        full[j][i] = updated;
      }
    }
    kernel.apply(n, columns, p, 1, q, 3, a, OFFSET, lda, x, 4, y, 5);
    for (int at = 0; at < a.length; at++) {
      int i = (at - OFFSET) % lda;
      int j = (at - OFFSET) / lda;
      boolean lower = at >= OFFSET && j < n && i >= j && i < n;
      assertEquals(lower ? full[i][j] : Double.NaN, a[at], 8 * UNIT_ROUNDOFF);
    }
    for (int i = 0; i < y.length; i++) {
      double expected = Double.NaN;
      if (i >= 5 && i < n + 5) {
        expected = 0;
        for (int j = 0; j < n; j++) {
          if (Math.min(i - 5, j) < columns) {
            expected += full[i - 5][j] * x[j + 4];
          }
        }
      }
      // n products of elements below 3 and the roundings of the update itself.
      assertEquals(expected, y[i], 3.0 * (n + 8) * (n + 8) * UNIT_ROUNDOFF, "n = " + n);
    }
  }
}
