package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vector–vector kernels of both sets against the reference, and wrong ones against the checks. */
class Level1KernelsTest {
  interface Dot {
    double apply(int n, double[] x, int xOffset, double[] y, int yOffset);
  }

  interface Axpy {
    void apply(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset);
  }

  interface Scale {
    void apply(int n, double alpha, double[] x, int xOffset);
  }

  interface MaxAbs {
    double apply(int n, double[] x, int xOffset);
  }

  interface Rotate {
    void apply(int n, double[] x, int xOffset, double[] y, int yOffset, double c, double s);
  }

  @Test
  void dot_everySizeAndOffset_isWithinRoundingOfTheExactSum() {
    Samples.kernelSets().forEach(kernels -> checkDot(kernels.level1()::dot));
  }

  @Test
  void dot_kernelsThatDropARemainderOrShiftAnOperand_areRejected() {
    KernelSet right = Kernels.scalar();
    assertRejected(() -> checkDot((n, x, xo, y, yo) -> right.level1().dot(n & ~1, x, xo, y, yo)));
    assertRejected(
        () -> checkDot((n, x, xo, y, yo) -> right.level1().dot(n, x, xo, y, Math.max(0, yo - 1))));
    assertRejected(
        () -> checkDot((n, x, xo, y, yo) -> right.level1().dot(n, x, xo, y, yo) * (1 + 0x1p-20)));
    assertRejected(
        () -> checkDot((n, x, xo, y, yo) -> (float) right.level1().dot(n, x, xo, y, yo)));
  }

  @Test
  void axpy_everySizeAndOffset_isWithinRoundingAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> checkAxpy(kernels.level1()::axpy));
  }

  @Test
  void axpy_kernelsThatOverrunOrStopShort_areRejected() {
    KernelSet right = Kernels.scalar();
    assertRejected(
        () -> checkAxpy((n, a, x, xo, y, yo) -> right.level1().axpy(n + 1, a, x, xo, y, yo)));
    assertRejected(
        () ->
            checkAxpy(
                (n, a, x, xo, y, yo) -> right.level1().axpy(Math.max(0, n - 1), a, x, xo, y, yo)));
    assertRejected(
        () -> checkAxpy((n, a, x, xo, y, yo) -> right.level1().axpy(n, -a, x, xo, y, yo)));
  }

  @Test
  void scale_everySizeAndOffset_isExactlyOneRoundingAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> checkScale(kernels.level1()::scale));
  }

  @Test
  void scale_kernelThatOverruns_isRejected() {
    assertRejected(() -> checkScale((n, a, x, xo) -> x[xo + n] = 0));
  }

  @Test
  void maxAbs_largestAtEveryPosition_isFoundExactly() {
    Samples.kernelSets().forEach(kernels -> checkMaxAbs(kernels.level1()::maxAbs));
  }

  @Test
  void maxAbs_kernelsThatForgetTheSignOrTheRemainder_areRejected() {
    KernelSet right = Kernels.scalar();
    assertRejected(() -> checkMaxAbs((n, x, xo) -> right.level1().maxAbs(n & ~1, x, xo)));
    assertRejected(
        () ->
            checkMaxAbs(
                (n, x, xo) -> {
                  double largest = 0;
                  for (int i = 0; i < n; i++) {
                    largest = Math.max(largest, x[xo + i]);
                  }
                  return largest;
                }));
  }

  @Test
  void maxAbs_nanAtEveryPosition_isNan() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : Samples.sizes()) {
        for (int i = 0; i < n; i++) {
          double[] x = new double[n];
          x[n - 1 - i] = Double.POSITIVE_INFINITY;
          x[i] = Double.NaN;
          assertTrue(
              Double.isNaN(kernels.level1().maxAbs(n, x, 0)),
              kernels.name() + " n=" + n + " i=" + i);
        }
      }
    }
  }

  @Test
  void elementOfMaxAbs_twoOfTheSameMagnitudeAtEveryPosition_isTheFirst() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : Samples.sizes()) {
        for (int first = 0; first < n; first++) {
          for (int second = first; second < n; second++) {
            double[] x = new double[n + 3];
            Arrays.fill(x, 0, 3, 9);
            x[3 + second] = second % 3 == 0 ? 2 : -2;
            x[3 + first] = second % 2 == 0 ? 2 : -2;
            double expected = x[3 + first];
            assertEquals(
                expected, kernels.level1().elementOfMaxAbs(n, x, 3), kernels.name() + " n=" + n);
          }
        }
      }
    }
  }

  @Test
  void elementOfMaxAbs_theLargestWithEitherSignAmongSmaller_isIt() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : Samples.sizes()) {
        for (int i = 0; i < n; i++) {
          double[] x = new Random(n).doubles(n, -1, 1).toArray();
          x[i] = i % 2 == 0 ? 1.5 : -1.5;
          assertEquals(x[i], kernels.level1().elementOfMaxAbs(n, x, 0), kernels.name() + " n=" + n);
          Arrays.fill(x, -0.0);
          x[i] = i % 2 == 0 ? Double.MIN_VALUE : -Double.MIN_VALUE;
          assertEquals(x[i], kernels.level1().elementOfMaxAbs(n, x, 0), kernels.name() + " n=" + n);
        }
      }
    }
  }

  @Test
  void rotate_everySizeAndOffset_isWithinRoundingAndWritesNothingElse() {
    Samples.kernelSets().forEach(kernels -> checkRotate(kernels.level1()::rotate));
  }

  @Test
  void rotate_kernelsThatTurnBackOrReadWhatTheyWrote_areRejected() {
    KernelSet right = Kernels.scalar();
    assertRejected(
        () ->
            checkRotate((n, x, xo, y, yo, c, s) -> right.level1().rotate(n, x, xo, y, yo, c, -s)));
    assertRejected(
        () ->
            checkRotate(
                (n, x, xo, y, yo, c, s) -> {
                  for (int i = 0; i < n; i++) {
                    x[xo + i] = c * x[xo + i] + s * y[yo + i];
                    y[yo + i] = c * y[yo + i] - s * x[xo + i];
                  }
                }));
  }

  private static void checkDot(Dot kernel) {
    Random random = new Random(1);
    for (int n : Samples.sizes()) {
      for (int xOffset : Samples.OFFSETS) {
        for (int yOffset : Samples.OFFSETS) {
          Guarded x = Guarded.vector(n, xOffset, random);
          Guarded y = Guarded.vector(n, yOffset, random);
          ExpectedSum expected = new ExpectedSum();
          for (int i = 0; i < n; i++) {
            expected.add(x.get(i), y.get(i));
          }
          expected.assertMatches(
              kernel.apply(n, x.data, xOffset, y.data, yOffset),
              "dot n=" + n + " offsets " + xOffset + ", " + yOffset);
        }
      }
    }
  }

  private static void checkAxpy(Axpy kernel) {
    Random random = new Random(2);
    for (int n : Samples.sizes()) {
      for (int xOffset : Samples.OFFSETS) {
        for (int yOffset : Samples.OFFSETS) {
          for (double alpha : Samples.ALPHAS) {
            checkAxpy(n, xOffset, yOffset, alpha, kernel, random);
          }
        }
      }
    }
  }

  private static void checkAxpy(
      int n, int xOffset, int yOffset, double alpha, Axpy kernel, Random random) {
    String where = "axpy n=" + n + " α=" + alpha + " offsets " + xOffset + ", " + yOffset;
    Guarded x = Guarded.vector(n, xOffset, random);
    Guarded before = Guarded.vector(n, yOffset, random);
    Guarded xAfter = x.copy();
    Guarded y = before.copy();
    kernel.apply(n, alpha, xAfter.data, xOffset, y.data, yOffset);
    for (int i = 0; i < n; i++) {
      new ExpectedSum()
          .add(alpha, x.get(i))
          .add(1, before.get(i))
          .assertMatches(y.get(i), where + " i=" + i);
    }
    y.assertGuardsIntact(where);
    xAfter.assertSameBits(x, where);
  }

  private static void checkScale(Scale kernel) {
    Random random = new Random(3);
    for (int n : Samples.sizes()) {
      for (int offset : Samples.OFFSETS) {
        for (double alpha : Samples.ALPHAS) {
          String where = "scale n=" + n + " α=" + alpha + " offset " + offset;
          Guarded before = Guarded.vector(n, offset, random);
          Guarded x = before.copy();
          kernel.apply(n, alpha, x.data, offset);
          for (int i = 0; i < n; i++) {
            assertEquals(alpha * before.get(i), x.get(i), where + " i=" + i);
          }
          x.assertGuardsIntact(where);
        }
      }
    }
  }

  private static void checkMaxAbs(MaxAbs kernel) {
    Random random = new Random(4);
    for (int n : Samples.sizes()) {
      for (int offset : Samples.OFFSETS) {
        for (int i = 0; i < n; i++) {
          Guarded x = Guarded.vector(n, offset, random);
          double largest = (i % 2 == 0 ? 1 : -1) * (1.5 + i);
          x.data[offset + i] = largest;
          assertEquals(
              Math.abs(largest), kernel.apply(n, x.data, offset), "maxAbs n=" + n + " at " + i);
        }
        Guarded zeros = Guarded.vector(n, offset, random);
        for (int i = 0; i < n; i++) {
          zeros.data[offset + i] = -0.0;
        }
        assertEquals(0.0, kernel.apply(n, zeros.data, offset), "maxAbs of zeros n=" + n);
      }
    }
  }

  private static void checkRotate(Rotate kernel) {
    Random random = new Random(5);
    double c = 0.8;
    double s = -0.6;
    for (int n : Samples.sizes()) {
      for (int xOffset : Samples.OFFSETS) {
        for (int yOffset : Samples.OFFSETS) {
          String where = "rotate n=" + n + " offsets " + xOffset + ", " + yOffset;
          Guarded xBefore = Guarded.vector(n, xOffset, random);
          Guarded yBefore = Guarded.vector(n, yOffset, random);
          Guarded x = xBefore.copy();
          Guarded y = yBefore.copy();
          kernel.apply(n, x.data, xOffset, y.data, yOffset, c, s);
          for (int i = 0; i < n; i++) {
            double xi = xBefore.get(i);
            double yi = yBefore.get(i);
            new ExpectedSum().add(c, xi).add(s, yi).assertMatches(x.get(i), where + " x" + i);
            new ExpectedSum().add(c, yi).add(-s, xi).assertMatches(y.get(i), where + " y" + i);
          }
          x.assertGuardsIntact(where);
          y.assertGuardsIntact(where);
        }
      }
    }
  }

  private static void assertRejected(Runnable check) {
    assertThrows(AssertionError.class, check::run);
  }
}
