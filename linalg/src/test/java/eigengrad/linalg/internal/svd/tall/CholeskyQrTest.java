package eigengrad.linalg.internal.svd.tall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lender;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyQrTest {
  /** Of every column's error, and of QᵀQ: the ratios' unit is m times 2⁻⁵². */
  private static final double TOLERANCE = 0x1p-52;

  private final CholeskyQr qr = new CholeskyQr();

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "3, 2", "24, 16", "27, 17", "40, 27", "129, 33", "1100, 65"})
  void factor_randomColumns_areAccurate(int m, int n) {
    requireAccurate(m, n, random(m, n));
  }

  /** One pass up to about 4, two beyond. */
  @ParameterizedTest
  @ValueSource(doubles = {3, 30, 1e3, 1e5})
  void factor_nearlyEqualColumns_areAccurate(double condition) {
    requireAccurate(300, 40, nearlyEqual(300, 40, condition));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e8, 1e12, 1e300})
  void factor_columnsEqualToHalfOfTheirDigits_declines(double condition) {
    assertFalse(factors(300, 40, nearlyEqual(300, 40, condition)));
  }

  /** Each column is judged by its own length. */
  @Test
  void factor_columnsOfVeryDifferentLengths_areAccurate() {
    int m = 200;
    int n = 20;
    double[] a = nearlyEqual(m, n, 100);
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.scalb(a[i], i / m % 5 * 100 - 200);
    }
    requireAccurate(m, n, a);
  }

  @Test
  void factor_columnThatVanishesOrWhoseSquareMight_declines() {
    for (double factor : new double[] {0, 0x1p-600, 0x1p600, Double.MIN_VALUE}) {
      double[] a = random(50, 6);
      for (int i = 0; i < 50; i++) {
        a[i + 50 * 4] *= factor;
      }
      assertFalse(factors(50, 6, a), "" + factor);
    }
  }

  /** No pivot of Kahan's triangle shows how ill-conditioned it is: only Q₁ᵀQ₁ does. */
  @Test
  void factor_smallValueThatNoPivotShows_isAccurateOrDeclined() {
    int m = 200;
    int declined = 0;
    for (int n = 2; n <= 40; n++) {
      double[] q = columns(m, n, random(m, n));
      double[] a = new double[m * n];
      new Gemm().multiply(Transpose.NO, Transpose.NO, m, n, n, q, kahan(n), a);
      if (factors(m, n, a)) {
        requireAccurate(m, n, a);
      } else {
        declined++;
      }
    }
    assertTrue(declined > 5 && declined < 35, declined + " declined");
  }

  private static double[] kahan(int n) {
    double[] r = new double[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i <= j; i++) {
        r[i + j * n] = Math.pow(Math.sin(0.6), i) * (i == j ? 1 : -Math.cos(0.6));
      }
    }
    return r;
  }

  @Test
  void factor_anyNumberOfThreads_givesTheSameBits() {
    int m = 2500;
    int n = 30;
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Crew crew = Crew.of(Lender.of(pool), 2)) {
      for (double condition : new double[] {1, 100}) {
        double[] a = nearlyEqual(m, n, condition);
        double[] q = new double[m * n];
        assertTrue(qr.factor(m, n, a, q, crew));
        double[] triangle = qr.triangle().clone();
        double[] product = new double[m * n];
        qr.multiply(a, q, identity(n), n, product, crew);
        assertArrayEquals(columns(m, n, a), product);
        assertArrayEquals(qr.triangle(), triangle);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private boolean factors(int m, int n, double[] a) {
    return qr.factor(m, n, a, new double[m * n], Crew.alone());
  }

  /** Q. */
  private double[] columns(int m, int n, double[] a) {
    double[] q = new double[m * n];
    assertTrue(qr.factor(m, n, a, q, Crew.alone()), m + "×" + n);
    qr.multiply(a, q, identity(n), n, q, Crew.alone());
    return q;
  }

  private void requireAccurate(int m, int n, double[] a) {
    double[] given = a.clone();
    double[] q = columns(m, n, a);
    assertArrayEquals(given, a);
    double[] r = qr.triangle();
    double[] product = new double[m * n];
    Gemm gemm = new Gemm();
    gemm.multiply(Transpose.NO, Transpose.NO, m, n, n, q, r, product);
    for (int j = 0; j < n; j++) {
      double error = 0;
      double square = 0;
      for (int i = j * m; i < (j + 1) * m; i++) {
        error += Math.pow(product[i] - a[i], 2);
        square += a[i] * a[i];
      }
      assertEquals(0, Math.sqrt(error / square), m * TOLERANCE, "column " + j + " of " + n);
    }
    double[] gram = new double[n * n];
    gemm.multiply(Transpose.YES, Transpose.NO, n, n, m, q, q, gram);
    for (int i = 0; i < n * n; i++) {
      assertEquals(i % (n + 1) == 0 ? 1 : 0, gram[i], 4 * m * TOLERANCE, i + " of " + n);
    }
  }

  private static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n * n; i += n + 1) {
      identity[i] = 1;
    }
    return identity;
  }

  private static double[] random(int m, int n) {
    Random random = new Random(m + n);
    double[] a = new double[m * n];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextGaussian();
    }
    return a;
  }

  /** Columns as near to the first as their condition number says; random ones for 1. */
  private static double[] nearlyEqual(int m, int n, double condition) {
    double[] a = random(m, n);
    for (int i = m; i < a.length && condition > 1; i++) {
      a[i] = a[i % m] + a[i] / condition;
    }
    return a;
  }
}
