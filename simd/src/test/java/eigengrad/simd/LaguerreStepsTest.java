package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LaguerreStepsTest {
  /** Index of the first shift; nothing before it may be written. */
  private static final int START = 3;

  /** The signature of the kernel. */
  private interface Steps {
    void apply(
        int n,
        double[] d,
        int dOffset,
        double[] negatedSquares,
        int squaresOffset,
        int first,
        int count,
        double[] x,
        long[] below,
        double[] near,
        double[] far,
        double[] work);
  }

  @Test
  void laguerreSteps_knownSpectrum_countAndStayBetweenTheShiftAndItsNeighbours() {
    for (KernelSet kernels : Samples.kernelSets()) {
      check(kernels, kernels.tridiagonal()::laguerreSteps);
    }
  }

  @Test
  void laguerreSteps_nearAnEigenvalue_convergeCubically() {
    for (KernelSet kernels : Samples.kernelSets()) {
      SecondDifference t = new SecondDifference(30, 0, new Random(2));
      int lanes = SecondDifference.padded(30, kernels);
      double[] x = new double[lanes];
      double[] near = new double[lanes];
      double[] far = new double[lanes];
      for (int k = 0; k < 30; k++) {
        double gap = Math.min(t.value(1) - t.value(0), 0.02);
        x[k] = t.value(k) - 1e-3 * gap;
      }
      kernels
          .tridiagonal()
          .laguerreSteps(
              30,
              t.d,
              0,
              t.negatedSquares,
              0,
              0,
              30,
              x,
              new long[lanes],
              near,
              far,
              new double[lanes]);
      for (int k = 0; k < 30; k++) {
        assertEquals(t.value(k), x[k] + near[k], 3e-9 * 0.02);
        assertTrue(far[k] < 0);
      }
    }
  }

  @Test
  void laguerreSteps_kernelsThatMiscountOrSwapTheSteps_areRejected() {
    KernelSet scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (n, d, dOffset, squares, offset, first, count, x, below, near, far, work) -> {
                  scalar
                      .tridiagonal()
                      .laguerreSteps(
                          n, d, dOffset, squares, offset, first, count, x, below, near, far, work);
                  below[first + count - 1]++;
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (n, d, dOffset, squares, offset, first, count, x, below, near, far, work) ->
                    scalar
                        .tridiagonal()
                        .laguerreSteps(
                            n, d, dOffset, squares, offset, first, count, x, below, far, near,
                            work)));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (n, d, dOffset, squares, offset, first, count, x, below, near, far, work) ->
                    scalar
                        .tridiagonal()
                        .laguerreSteps(
                            n - 1, d, dOffset, squares, offset, first, count, x, below, near, far,
                            work)));
  }

  private static void check(KernelSet kernels, Steps kernel) {
    Random random = new Random(4);
    for (int n : new int[] {2, 3, 5, 8, 15, 16, 17, 33, 70, 300}) {
      for (int count : new int[] {1, 2, 7, 8, 9, 21}) {
        checkOne(kernels, kernel, new SecondDifference(n, count % 3, random), count, random);
      }
    }
  }

  private static void checkOne(
      KernelSet kernels, Steps kernel, SecondDifference t, int count, Random random) {
    int length = START + SecondDifference.padded(count, kernels);
    double[] x = random.doubles(length, -1.2, 1.2).toArray();
    double[] before = x.clone();
    long[] below = new long[length];
    double[] near = new double[length];
    double[] far = new double[length];
    kernel.apply(
        t.n,
        t.d,
        t.offset,
        t.negatedSquares,
        t.offset,
        START,
        count,
        x,
        below,
        near,
        far,
        new double[length]);
    assertEquals(0, near[START - 1]);
    for (int k = START; k < START + count; k++) {
      assertEquals(before[k], x[k]);
      int expected = 0;
      while (expected < t.n && t.value(expected) < x[k]) {
        expected++;
      }
      assertEquals(expected, below[k], "n = " + t.n + ", x = " + x[k]);
      double down = Math.min(near[k], far[k]);
      double up = Math.max(near[k], far[k]);
      double rounding = 1e-12;
      if (expected > 0) {
        assertTrue(down <= 0 && x[k] + down >= t.value(expected - 1) - rounding);
      }
      if (expected < t.n) {
        assertTrue(up >= 0 && x[k] + up <= t.value(expected) + rounding);
      }
      if (expected == 0 || expected == t.n) {
        assertTrue(Double.isInfinite(far[k]) || Math.abs(far[k]) > Math.abs(near[k]));
      }
    }
  }
}
