package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecularSumsTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** The signature of the kernel. */
  private interface Secular {
    void apply(int n, double[] weights, int w, double[] gaps, int g, double tau, double[] sums);
  }

  @Test
  void secularSums_everySizeAndOffset_areWithinRounding() {
    check(Kernels.tridiagonal()::secularSums);
    check(Kernels.scalar().tridiagonal()::secularSums);
  }

  @Test
  void secularSums_kernelsThatMissTheLastPoleOrForgetThePower_areRejected() {
    Secular right = Kernels.scalar().tridiagonal()::secularSums;
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (n, weights, w, gaps, g, tau, sums) -> {
                  right.apply(Math.max(0, n - 1), weights, w, gaps, g, tau, sums);
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                (n, weights, w, gaps, g, tau, sums) -> {
                  right.apply(n, weights, w, gaps, g, tau, sums);
                  sums[1] = sums[0];
                }));
  }

  @Test
  void secularSums_handComputed_areExact() {
    double[] sums = new double[2];
    Kernels.tridiagonal()
        .secularSums(3, new double[] {1, 2, 4}, 0, new double[] {1, 2.5, 4.5}, 0, 0.5, sums);
    // t = 2, 1, 1: sum 4, slope 4 + 0.5 + 0.25.
    assertArrayEquals(new double[] {4, 4.75}, sums);
  }

  private static void check(Secular kernel) {
    Random random = new Random(5);
    for (int n = 0; n <= 41; n++) {
      for (int offset = 0; offset < 4; offset++) {
        double[] weights = random.doubles(n + 8, 0.01, 1).toArray();
        double[] gaps = random.doubles(n + 8, 0.5, 2).toArray();
        double tau = random.nextDouble(-1, 0.4);
        double[] weightsBefore = weights.clone();
        double[] gapsBefore = gaps.clone();
        double[] expected = new double[2];
        for (int i = 0; i < n; i++) {
          double gap = gaps[offset + 1 + i] - tau;
          expected[0] += weights[offset + i] / gap;
          expected[1] += weights[offset + i] / gap / gap;
        }
        double[] sums = {Double.NaN, Double.NaN};
        kernel.apply(n, weights, offset, gaps, offset + 1, tau, sums);
        for (int k = 0; k < 2; k++) {
          // n additions on either side, and three roundings a term.
          assertEquals(expected[k], sums[k], (2 * n + 6) * UNIT_ROUNDOFF * expected[k]);
        }
        assertEquals(Arrays.toString(weightsBefore), Arrays.toString(weights));
        assertEquals(Arrays.toString(gapsBefore), Arrays.toString(gaps));
      }
    }
  }
}
