package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The Euclidean norm over the whole range of a double, against square roots of exact sums. */
class NormTest {
  private static final double U = 0x1p-53;

  interface Norm {
    double apply(int n, double[] x, int xOffset);
  }

  @Test
  void norm_everySizeAndMagnitude_isWithinRoundingOfTheExactRoot() {
    Samples.kernelSets().forEach(kernels -> checkNorm(kernels.level1()::norm));
  }

  @Test
  void norm_plainSumOfSquares_isRejected() {
    KernelSet right = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () -> checkNorm((n, x, offset) -> Math.sqrt(right.level1().dot(n, x, offset, x, offset))));
  }

  @Test
  void norm_threeFourFive_isExact() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int exponent : new int[] {-1072, -1022, -600, -300, 0, 300, 600, 1020}) {
        double unit = Math.scalb(1.0, exponent);
        double[] x = {9, 3 * unit, -4 * unit, 9};
        assertEquals(
            5 * unit, kernels.level1().norm(2, x, 1), kernels.name() + " unit 2^" + exponent);
      }
    }
  }

  @Test
  void norm_smallestSubnormal_isItself() {
    for (KernelSet kernels : Samples.kernelSets()) {
      double[] x = new double[17];
      x[5] = -Double.MIN_VALUE;
      assertEquals(Double.MIN_VALUE, kernels.level1().norm(17, x, 0));
    }
  }

  @Test
  void norm_largestDoubleTwice_overflowsHonestly() {
    for (KernelSet kernels : Samples.kernelSets()) {
      double[] x = {Double.MAX_VALUE, Double.MAX_VALUE};
      assertEquals(Double.POSITIVE_INFINITY, kernels.level1().norm(2, x, 0));
      assertEquals(Double.MAX_VALUE, kernels.level1().norm(1, x, 0));
    }
  }

  @Test
  void norm_zeros_isZero() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : Samples.sizes()) {
        double[] x = new double[n];
        assertEquals(0.0, kernels.level1().norm(n, x, 0));
        Arrays.fill(x, -0.0);
        assertEquals(0.0, kernels.level1().norm(n, x, 0));
      }
    }
  }

  @Test
  void norm_nanAndInfinity_nanWins() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : Samples.sizes()) {
        for (int i = 0; i < n; i++) {
          double[] x = new double[n];
          Arrays.fill(x, 0x1p600);
          x[i] = Double.NEGATIVE_INFINITY;
          assertEquals(Double.POSITIVE_INFINITY, kernels.level1().norm(n, x, 0));
          x[n - 1 - i] = Double.NaN;
          assertEquals(Double.NaN, kernels.level1().norm(n, x, 0));
        }
      }
    }
  }

  /** (n/2 + 4)·u relative, of which rounding a subnormal result may cost half a last place more. */
  private static void checkNorm(Norm norm) {
    Random random = new Random(10);
    MathContext digits = new MathContext(60);
    for (int exponent : new int[] {0, 500, 520, 600, 1015, -450, -460, -500, -600, -1022, -1060}) {
      for (int n : Samples.sizes()) {
        for (int offset : Samples.OFFSETS) {
          Guarded x = Guarded.vector(n, offset, random);
          BigDecimal squares = BigDecimal.ZERO;
          for (int i = 0; i < n; i++) {
            x.data[offset + i] = Math.scalb(x.data[offset + i], exponent);
            squares = squares.add(new BigDecimal(x.data[offset + i]).pow(2));
          }
          BigDecimal exact = squares.sqrt(digits);
          double actual = norm.apply(n, x.data, offset);
          String where = "norm n=" + n + " scale 2^" + exponent;
          if (!Double.isFinite(actual)) {
            fail(where + ": " + actual);
          }
          BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
          BigDecimal bound =
              exact
                  .multiply(new BigDecimal((n / 2.0 + 4) * U))
                  .add(new BigDecimal(Double.MIN_VALUE));
          if (error.compareTo(bound) > 0) {
            fail(where + ": expected " + exact.doubleValue() + ", got " + actual);
          }
        }
      }
    }
  }
}
