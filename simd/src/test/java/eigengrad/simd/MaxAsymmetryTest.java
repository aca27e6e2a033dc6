package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaxAsymmetryTest {
  private static final int LARGEST = 41;

  @Test
  void maxAsymmetry_symmetric_isZero() {
    for (Kernels kernels : Samples.kernelSets()) {
      for (int n = 0; n <= LARGEST; n++) {
        assertEquals(0, kernels.maxAsymmetry(n, symmetric(n), 0), kernels.name() + " n=" + n);
      }
    }
  }

  @Test
  void maxAsymmetry_onePairDiffersAnywhere_isItsDifference() {
    for (Kernels kernels : Samples.kernelSets()) {
      for (int n = 2; n <= LARGEST; n++) {
        double[] a = symmetric(n);
        for (int k = 0; k < n * n; k++) {
          int mirrored = k / n + k % n * n;
          if (k != mirrored) {
            double kept = a[k];
            a[k] += 0.5;
            double expected = Math.abs(a[k] - a[mirrored]);
            assertEquals(expected, kernels.maxAsymmetry(n, a, 0), kernels.name() + " n=" + n);
            a[k] = kept;
          }
        }
      }
    }
  }

  @Test
  void maxAsymmetry_differenceThatOverflows_isInfinite() {
    for (Kernels kernels : Samples.kernelSets()) {
      double[] a = symmetric(9);
      a[1] = Double.MAX_VALUE;
      a[9] = -Double.MAX_VALUE;
      assertEquals(Double.POSITIVE_INFINITY, kernels.maxAsymmetry(9, a, 0), kernels.name());
    }
  }

  private static double[] symmetric(int n) {
    Random random = new Random(n);
    double[] a = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i <= j; i++) {
        a[i + j * n] = random.nextGaussian();
        a[j + i * n] = a[i + j * n];
      }
    }
    return a;
  }
}
