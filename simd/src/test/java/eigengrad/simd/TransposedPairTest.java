package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TransposedPairTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;
  private static final double GAMMA = -0.7;

  /** The signature of the kernel. */
  private interface Pair {
    void apply(
        int m,
        int n,
        double[] a,
        int aOffset,
        int lda,
        double[] u,
        int uOffset,
        double gamma,
        double[] z,
        int zOffset,
        double[] r,
        int rOffset,
        double[] w,
        int wOffset);
  }

  @Test
  void gemvt_everyShape_isWithinRoundingAndWritesNothingElse() {
    for (KernelSet kernels : Samples.kernelSets()) {
      check(kernels, kernels.reduction()::gemvt);
    }
  }

  @Test
  void gemvt_kernelsThatMultiplyByTheOldFactorsOrAddToTheResult_areRejected() {
    KernelSet scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (m, n, a, aAt, lda, u, uAt, gamma, z, zAt, r, rAt, w, wAt) -> {
                  scalar.level2().gemv(m, n, 1, a, aAt, lda, r, rAt, 0, w, wAt);
                  scalar.level2().gemvTransposed(m, n, 1, a, aAt, lda, u, uAt, 0, z, zAt);
                  scalar.level1().axpy(n, -gamma, z, zAt, r, rAt);
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (m, n, a, aAt, lda, u, uAt, gamma, z, zAt, r, rAt, w, wAt) -> {
                  scalar.level2().gemvTransposed(m, n, 1, a, aAt, lda, u, uAt, 0, z, zAt);
                  scalar.level1().axpy(n, -gamma, z, zAt, r, rAt);
                  scalar.level2().gemv(m, n, 1, a, aAt, lda, r, rAt, 1, w, wAt);
                }));
  }

  private static void check(KernelSet kernels, Pair kernel) {
    Random random = new Random(19);
    int lanes = kernels.lanes();
    int group = kernels.reduction().gemvtColumns();
    for (int m : new int[] {0, lanes, 2 * lanes, 3 * lanes, 8 * lanes}) {
      for (int n : new int[] {0, group, 2 * group, 5 * group}) {
        int lda = m + 3;
        double[] a = random.doubles(2 + (n + 1) * lda, -1, 1).toArray();
        double[] u = random.doubles(1 + m, -1, 1).toArray();
        double[] r = random.doubles(3 + n + 1, -1, 1).toArray();
        double[] z = random.doubles(4 + n + 1, -1, 1).toArray();
        double[] w = random.doubles(2 + m + 1, -1, 1).toArray();
        double[] expectedR = r.clone();
        double[] expectedZ = z.clone();
        double[] expectedW = w.clone();
        for (int i = 0; i < m; i++) {
          expectedW[2 + i] = 0;
        }
        for (int j = 0; j < n; j++) {
          expectedZ[4 + j] = 0;
          for (int i = 0; i < m; i++) {
            expectedZ[4 + j] += a[2 + i + j * lda] * u[1 + i];
          }
          expectedR[3 + j] -= GAMMA * expectedZ[4 + j];
          for (int i = 0; i < m; i++) {
            expectedW[2 + i] += a[2 + i + j * lda] * expectedR[3 + j];
          }
        }
        kernel.apply(m, n, a, 2, lda, u, 1, GAMMA, z, 4, r, 3, w, 2);
        // Sums of m products below 1 go into sums of n products.
        double tolerance = (m + 8.0) * (m + 8.0) * UNIT_ROUNDOFF;
        requireClose(expectedZ, z, 4, n, tolerance);
        requireClose(expectedR, r, 3, n, tolerance);
        requireClose(expectedW, w, 2, m, (n + 8) * tolerance);
      }
    }
  }

  private static void requireClose(
      double[] expected, double[] actual, int offset, int length, double tolerance) {
    for (int at = 0; at < actual.length; at++) {
      boolean inside = at >= offset && at < offset + length;
      assertEquals(expected[at], actual[at], inside ? tolerance : 0, "element " + at);
    }
  }
}
