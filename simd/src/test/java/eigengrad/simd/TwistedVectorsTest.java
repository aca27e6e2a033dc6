package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwistedVectorsTest {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Index of the first eigenvalue. */
  private static final int START = 3;

  /** The signature of the kernel. */
  private interface Twisted {
    void apply(
        int n,
        double[] d,
        int dOffset,
        double[] e,
        int eOffset,
        int first,
        int count,
        double[] x,
        double[] corrections,
        double[] residuals,
        double[] z,
        int zOffset,
        int ldz,
        double[] work);
  }

  @Test
  void twistedVectors_knownEigenvalues_haveTinyResiduals() {
    for (KernelSet kernels : Samples.kernelSets()) {
      check(kernels, kernels.tridiagonal()::twistedVectors);
    }
  }

  /** The twists of the first vectors are near the middle. */
  @Test
  void twistedVectors_largeOrders_haveTinyResiduals() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : new int[] {4097, 8193, 20_000}) {
        checkOne(
            kernels,
            kernels.tridiagonal()::twistedVectors,
            new SecondDifference(n, 1, new Random(n)),
            9);
      }
    }
  }

  @Test
  void twistedVectors_perturbedEigenvalue_isCorrectedToTheRayleighQuotient() {
    for (KernelSet kernels : Samples.kernelSets()) {
      SecondDifference t = new SecondDifference(24, 0, new Random(2));
      int lanes = SecondDifference.padded(24, kernels);
      double[] x = new double[lanes];
      double[] corrections = new double[lanes];
      double[] residuals = new double[lanes];
      double[] z = new double[24 * 24];
      for (int k = 0; k < 24; k++) {
        x[k] = t.value(k) + 1e-6;
      }
      kernels
          .tridiagonal()
          .twistedVectors(
              24,
              t.d,
              0,
              t.e,
              0,
              0,
              24,
              x,
              corrections,
              residuals,
              z,
              0,
              24,
              new double[6 * 24 * kernels.lanes()]);
      for (int k = 0; k < 24; k++) {
        // The quotient's error is quadratic: 1e-12 over the gap.
        assertEquals(t.value(k), x[k] + corrections[k], 1e-10);
        assertTrue(residuals[k] >= 1e-6 && residuals[k] < 1e-5);
      }
    }
  }

  @Test
  void twistedVectors_zeroPivots_areSteppedOver() {
    // T − 0 has the pivots 0, ∞, 0, … for an odd order, and 0 is an eigenvalue.
    for (KernelSet kernels : Samples.kernelSets()) {
      SecondDifference t = new SecondDifference(7, 0, new Random(2));
      double[] z = new double[7 * kernels.lanes()];
      double[] padded = new double[kernels.lanes()];
      kernels
          .tridiagonal()
          .twistedVectors(
              7,
              t.d,
              0,
              t.e,
              0,
              0,
              1,
              padded,
              padded.clone(),
              padded.clone(),
              z,
              0,
              kernels.lanes(),
              new double[42 * kernels.lanes()]);
      for (int i = 0; i < 7; i++) {
        assertEquals(i % 2 == 0 ? 0.5 : 0, Math.abs(z[i * kernels.lanes()]), 4 * UNIT_ROUNDOFF);
      }
    }
  }

  /** From row to row the vector shrinks by 8.4: below 2⁻¹⁰²² from row 333 on. */
  @Test
  void twistedVectors_vectorThatDiesAway_hasNoSubnormalElement() {
    int n = 400;
    double[] d = new double[n];
    double[] e = new double[n - 1];
    Arrays.fill(d, -1);
    d[0] = 1.1;
    Arrays.fill(e, 0.25);
    for (KernelSet kernels : Samples.kernelSets()) {
      int lanes = kernels.lanes();
      double[] x = new double[lanes];
      Arrays.fill(x, 1.1 + 0.25 / 8.4);
      double[] z = new double[n * lanes];
      double[] work = new double[6 * n * lanes];
      kernels
          .tridiagonal()
          .twistedVectors(
              n, d, 0, e, 0, 0, 1, x, new double[lanes], new double[lanes], z, 0, lanes, work);
      for (int i = 0; i < n; i++) {
        double magnitude = Math.abs(z[i * lanes]);
        assertTrue(magnitude == 0 || magnitude >= Double.MIN_NORMAL, "row " + i);
        assertTrue(i > 100 || magnitude > 0, "row " + i);
      }
    }
  }

  @Test
  void twistedVectors_kernelsThatForgetToNormaliseOrLeaveOneOut_areRejected() {
    KernelSet scalar = Kernels.scalar();
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (n, d, dOffset, e, eOffset, first, count, x, c, r, z, zOffset, ldz, work) -> {
                  scalar
                      .tridiagonal()
                      .twistedVectors(
                          n, d, dOffset, e, eOffset, first, count, x, c, r, z, zOffset, ldz, work);
                  scalar.level1().scale(1, 1 + 1e-12, z, zOffset);
                }));
    assertThrows(
        AssertionError.class,
        () ->
            check(
                scalar,
                (n, d, dOffset, e, eOffset, first, count, x, c, r, z, zOffset, ldz, work) ->
                    scalar
                        .tridiagonal()
                        .twistedVectors(
                            n, d, dOffset, e, eOffset, first, count - 1, x, c, r, z, zOffset, ldz,
                            work)));
  }

  private static void check(KernelSet kernels, Twisted kernel) {
    Random random = new Random(4);
    for (int n : new int[] {2, 3, 5, 8, 15, 16, 17, 33, 70}) {
      for (int count : new int[] {1, 2, 7, 8, 9, 21}) {
        SecondDifference t = new SecondDifference(n, count % 3, random);
        checkOne(kernels, kernel, t, Math.min(count, n));
      }
    }
  }

  private static void checkOne(KernelSet kernels, Twisted kernel, SecondDifference t, int count) {
    int n = t.n;
    int length = START + SecondDifference.padded(count, kernels);
    int padded = SecondDifference.padded(count, kernels);
    int ldz = padded + 2;
    double[] x = new double[length];
    for (int k = 0; k < count; k++) {
      x[START + k] = t.value(n - 1 - k);
    }
    double[] before = x.clone();
    double[] corrections = new double[length];
    double[] residuals = new double[length];
    double[] z = new double[3 + ldz * n];
    Arrays.fill(z, Double.NaN);
    kernel.apply(
        n,
        t.d,
        t.offset,
        t.e,
        t.offset,
        START,
        count,
        x,
        corrections,
        residuals,
        z,
        3,
        ldz,
        new double[6 * n * kernels.lanes()]);
    for (int at = 0; at < z.length; at++) {
      int column = (at - 3) % ldz;
      assertTrue(!Double.isNaN(z[at]) || at < 3 || column >= count, "not written at " + at);
      assertTrue(Double.isNaN(z[at]) || (at >= 3 && column < padded), "written at " + at);
    }
    for (int k = 0; k < count; k++) {
      assertEquals(before[START + k], x[START + k]);
      double[] vector = new double[n];
      for (int i = 0; i < n; i++) {
        vector[i] = z[3 + k + i * ldz];
      }
      double squares = 0;
      double largest = 0;
      for (int i = 0; i < n; i++) {
        double element = vector[i];
        squares += element * element;
        largest = Math.max(largest, Math.abs(t.residual(vector, 0, x[START + k], i)));
      }
      assertEquals(1, squares, (n + 8) * UNIT_ROUNDOFF);
      // A few roundings of each row, and √n times the rounding of the cosine.
      double bound = (12 + 4 * Math.sqrt(n)) * UNIT_ROUNDOFF;
      assertTrue(largest <= bound, "residual " + largest);
      assertEquals(largest, residuals[START + k], bound);
      assertTrue(Math.abs(corrections[START + k]) <= 12 * UNIT_ROUNDOFF);
    }
  }
}
