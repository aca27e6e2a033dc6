package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaxAsymmetryTest {
  private static final int LARGEST = 41;
  private static final int OFFSET = 3;

  @Test
  void maxAsymmetry_symmetric_isZero() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n = 0; n <= LARGEST; n++) {
        assertEquals(
            0,
            kernels.transposition().maxAsymmetry(n, symmetric(n), OFFSET),
            kernels.name() + " n=" + n);
      }
    }
  }

  @Test
  void maxAsymmetry_onePairDiffersAnywhere_isItsDifference() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n = 2; n <= LARGEST; n++) {
        double[] a = symmetric(n);
        for (int k = 0; k < n * n; k++) {
          int at = OFFSET + k;
          int mirrored = OFFSET + k / n + k % n * n;
          if (at != mirrored) {
            double kept = a[at];
            a[at] += 0.5;
            double expected = Math.abs(a[at] - a[mirrored]);
            assertEquals(
                expected,
                kernels.transposition().maxAsymmetry(n, a, OFFSET),
                kernels.name() + " n=" + n);
            a[at] = kept;
          }
        }
      }
    }
  }

  @Test
  void maxAsymmetry_differenceThatOverflows_isInfinite() {
    for (KernelSet kernels : Samples.kernelSets()) {
      double[] a = symmetric(9);
      a[OFFSET + 1] = Double.MAX_VALUE;
      a[OFFSET + 9] = -Double.MAX_VALUE;
      assertEquals(
          Double.POSITIVE_INFINITY,
          kernels.transposition().maxAsymmetry(9, a, OFFSET),
          kernels.name());
    }
  }

  private static double[] symmetric(int n) {
    Random random = new Random(n);
    double[] a = random.doubles(OFFSET + n * n, -9, 9).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i <= j; i++) {
        a[OFFSET + j + i * n] = a[OFFSET + i + j * n];
      }
    }
    return a;
  }
}
