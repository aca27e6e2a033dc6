package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Compares a gradient with (L(x + h) − L(x − h))/2h, element by element. */
final class CentralDifferences {
  /** Rounding of L over h and the third derivative times h² both stay below the tolerance. */
  private static final double STEP = 1e-5;

  private static final double TOLERANCE = 1e-6;
  private static final int PROBES = 200;

  private CentralDifferences() {}

  /**
   * Fails unless the gradient of a loss is right at up to {@value #PROBES} elements, relative to
   * the largest element of the gradient.
   *
   * @param what the gradient is of
   * @param loss L, which reads x
   * @param x what the loss depends on; changed and restored
   * @param gradient ∂L/∂x
   */
  static void check(String what, DoubleSupplier loss, double[] x, double[] gradient) {
    assertEquals(x.length, gradient.length, what);
    double largest = 0;
    for (double g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int probe = 0; probe < Math.min(PROBES, x.length); probe++) {
      int i = x.length <= PROBES ? probe : random.nextInt(x.length);
      double kept = x[i];
      x[i] = kept + STEP;
      double above = loss.getAsDouble();
      x[i] = kept - STEP;
      double below = loss.getAsDouble();
      x[i] = kept;
      assertEquals(
          (above - below) / (2 * STEP),
          gradient[i],
          TOLERANCE * largest,
          "%s, element %d".formatted(what, i));
    }
  }

  /** Σ aᵢbᵢ: with random a, a loss whose gradient of b is a. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Numbers between −1 and 1. */
  static double[] randomArray(int length, long seed) {
    return new SplittableRandom(seed).doubles(length, -1, 1).toArray();
  }

  /** Features with values between −1 and 1. */
  static Features randomFeatures(int channels, int images, int height, int width, long seed) {
    return new Features(
        channels, images, height, width, randomArray(channels * images * height * width, seed));
  }
}
