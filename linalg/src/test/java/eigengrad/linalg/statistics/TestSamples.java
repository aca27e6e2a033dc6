package eigengrad.linalg.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Samples for the tests of this package, and what is asked of every model. */
final class TestSamples {
  private TestSamples() {}

  /** Correlated; whole multiples of 2⁻²⁰, so that a mean of up to 2³² can be added exactly. */
  static DenseMatrix correlated(int d, int n, double mean) {
    SplittableRandom random = new SplittableRandom(d * 1000L + n);
    double[] x = new double[d * n];
    for (int s = 0; s < n; s++) {
      double previous = 0;
      for (int i = 0; i < d; i++) {
        previous = 0.6 * previous + random.nextDouble(-2, 2);
        x[i + s * d] = mean + Math.rint(previous * 0x1p20) * 0x1p-20;
      }
    }
    return DenseMatrix.wrap(d, n, x);
  }

  static DenseMatrix scaleFeatures(DenseMatrix samples, double... factors) {
    return DenseMatrix.diagonal(factors).times(samples);
  }

  static CovarianceAccumulator accumulated(DenseMatrix samples) {
    CovarianceAccumulator all = new CovarianceAccumulator(samples.rows());
    all.addColumns(samples);
    return all;
  }

  /** By centring, divided by N − 1. */
  static DenseMatrix covariance(DenseMatrix samples) {
    return accumulated(samples).sampleCovariance();
  }

  static void assertClose(DenseMatrix expected, DenseMatrix actual, double tolerance) {
    assertEquals(0, expected.minus(actual).maxAbs(), tolerance);
  }

  static void assertIdentity(DenseMatrix actual, double tolerance) {
    assertClose(DenseMatrix.identity(actual.rows()), actual, tolerance);
  }

  /** The call fails, and says so. */
  static <E extends Exception> void refuse(Class<E> type, String detail, Runnable call) {
    E refusal = assertThrows(type, call::run);
    assertTrue(String.valueOf(refusal.getMessage()).contains(detail), refusal.getMessage());
  }

  /** Reads a model. */
  interface Reader {
    Object read(InputStream source) throws IOException;
  }

  /** Of a saved model no byte can change or be missing unnoticed. */
  static void assertGuarded(byte[] saved, Reader reader) {
    for (int at = 0; at < saved.length; at++) {
      byte[] changed = saved.clone();
      changed[at] ^= 0x40;
      IOException refused =
          assertThrows(
              IOException.class, () -> reader.read(new ByteArrayInputStream(changed)), "" + at);
      String expected = at < 4 ? "this is not a saved" : at < 8 ? "has format" : "is damaged";
      assertTrue(String.valueOf(refused.getMessage()).contains(expected), refused.getMessage());
      byte[] shortened = Arrays.copyOf(saved, at);
      assertThrows(
          IOException.class, () -> reader.read(new ByteArrayInputStream(shortened)), "" + at);
    }
  }
}
