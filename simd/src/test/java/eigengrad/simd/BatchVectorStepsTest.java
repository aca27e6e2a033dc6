package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels of {@link BatchProducts} on vectors, each against its formula. */
class BatchVectorStepsTest {
  private static final int[] ORDERS = {1, 2, 3, 4, 5, 7, 8, 9, 17, 32};

  static Stream<BatchProducts> sets() {
    return BatchProductsTest.sets();
  }

  private static double[] random(int size, long seed) {
    return new Random(seed).doubles((long) size * BLOCK, -1, 1).toArray();
  }

  private static void requireImage(boolean transpose, int n, double[] a, double[] x, double[] y) {
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int i = 0; i < n; i++) {
        ExpectedSum sum = new ExpectedSum();
        for (int j = 0; j < n; j++) {
          int element = transpose ? i * n + j : j * n + i;
          sum.add(a[element * BLOCK + lane], x[j * BLOCK + lane]);
        }
        sum.assertMatches(y[i * BLOCK + lane], i + " of order " + n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void multiplyVector_eitherTranspose_isTheSum(BatchProducts products) {
    for (int n : ORDERS) {
      double[] a = random(n * n, 1);
      double[] x = random(n, 2);
      double[] y = new double[n * BLOCK];
      products.multiplyVector(Transpose.NO, n, a, x, y);
      requireImage(false, n, a, x, y);
      products.multiplyVector(Transpose.YES, n, a, x, y);
      requireImage(true, n, a, x, y);
    }
  }

  @Test
  void requireImage_ofTheTranspose_isRejected() {
    double[] a = random(25, 1);
    double[] x = random(5, 2);
    double[] y = new double[5 * BLOCK];
    Samples.compiled().batchProducts().multiplyVector(Transpose.YES, 5, a, x, y);
    assertThrows(AssertionError.class, () -> requireImage(false, 5, a, x, y));
  }

  private static double norm(int n, double[] x, int lane) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum = Math.hypot(sum, x[i * BLOCK + lane]);
    }
    return sum;
  }

  /** A sum of n squares, a root, a division; the expected norm has as many roundings again. */
  @ParameterizedTest
  @MethodSource("sets")
  void unitVector_anyOrderAndSafeScale_isTheQuotient(BatchProducts products) {
    for (int n : ORDERS) {
      double tolerance = (n + 4) * 0x1p-52;
      for (double scale : new double[] {1, 0x1p-440, 0x1p500}) {
        double[] x = random(n, 3);
        Arrays.setAll(x, i -> x[i] * scale + Math.copySign(0x1p-8 * scale, x[i]));
        double[] unit = new double[n * BLOCK];
        double[] norms = new double[BLOCK];
        products.unitVector(n, x, unit, norms);
        for (int lane = 0; lane < BLOCK; lane++) {
          double norm = norm(n, x, lane);
          assertEquals(norm, norms[lane], tolerance * norm);
          for (int i = lane; i < n * BLOCK; i += BLOCK) {
            assertEquals(x[i] / norm, unit[i], tolerance);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void unitVector_zeroTinyHugeOrNotFinite_isNotANumberInItsLaneAlone(BatchProducts products) {
    for (int n : ORDERS) {
      double[] x = random(n, 4);
      double[] clean = new double[n * BLOCK];
      double[] norms = new double[BLOCK];
      products.unitVector(n, x, clean, norms);
      double[] unsafe = {0, 0x1p-455, 0x1p520, Double.POSITIVE_INFINITY, Double.NaN};
      for (int lane = 0; lane < unsafe.length; lane++) {
        for (int i = 0; i < n; i++) {
          x[i * BLOCK + lane] = i == 0 ? unsafe[lane] : 0;
          clean[i * BLOCK + lane] = Double.NaN;
        }
      }
      double[] unit = new double[n * BLOCK];
      products.unitVector(n, x, unit, norms);
      assertArrayEquals(clean, unit);
      for (int lane = 0; lane < BLOCK; lane++) {
        assertEquals(lane < unsafe.length, Double.isNaN(norms[lane]));
      }
    }
  }

  /** ⟨Jᵀg, dx⟩ = ⟨g, du⟩ by central differences: errors of h² and of rounding over h. */
  @ParameterizedTest
  @MethodSource("sets")
  void unitVectorCotangent_anyOrder_isTheDerivativeOfUnitVector(BatchProducts products) {
    double h = 1e-5;
    for (int n : ORDERS) {
      double[] x = random(n, 5);
      Arrays.setAll(x, i -> x[i] + Math.copySign(1, x[i]));
      double[] direction = random(n, 6);
      double[] g = random(n, 7);
      double[] unit = new double[n * BLOCK];
      double[] norms = new double[BLOCK];
      double[] ahead = new double[n * BLOCK];
      double[] behind = new double[n * BLOCK];
      products.unitVector(n, moved(x, h, direction), ahead, norms);
      products.unitVector(n, moved(x, -h, direction), behind, norms);
      products.unitVector(n, x, unit, norms);
      double[] pulledBack = g.clone();
      products.unitVectorCotangent(n, unit, norms, pulledBack);
      for (int lane = 0; lane < BLOCK; lane++) {
        double expected = 0;
        double actual = 0;
        for (int i = lane; i < n * BLOCK; i += BLOCK) {
          expected += g[i] * (ahead[i] - behind[i]) / (2 * h);
          actual += pulledBack[i] * direction[i];
        }
        assertEquals(expected, actual, 1e-9);
      }
    }
  }

  private static double[] moved(double[] x, double h, double[] direction) {
    double[] result = new double[x.length];
    Arrays.setAll(result, i -> x[i] + h * direction[i]);
    return result;
  }
}
