package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Pairs of lane blocks through reduction and QR; the solver's own tests have more hard matrices.
 */
class BatchBidiagonalTest {
  private static final double ROUNDING = 1e-14;

  @Test
  void bidiagonalizeAndQr_randomMatrices_areDecomposed() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int[] shape : new int[][] {{1, 1}, {3, 1}, {2, 2}, {5, 3}, {7, 7}, {9, 8}, {17, 16}}) {
        Pair pair = new Pair(shape[0], shape[1]);
        pair.reduce(kernels.batchSvd(), PAIR, true);
        pair.iterate(kernels.batchSvd(), PAIR, 30, true);
        assertArrayEquals(new double[PAIR], pair.failed);
        Pair values = new Pair(shape[0], shape[1]);
        values.reduce(kernels.batchSvd(), PAIR, false);
        values.iterate(kernels.batchSvd(), PAIR, 30, false);
        assertArrayEquals(pair.d, values.d);
        pair.requireDecomposed(kernels.batchSvd(), PAIR);
        Pair one = new Pair(shape[0], shape[1]);
        one.reduce(kernels.batchSvd(), BLOCK, true);
        one.iterate(kernels.batchSvd(), BLOCK, 30, true);
        one.requireDecomposed(kernels.batchSvd(), BLOCK);
      }
    }
  }

  @Test
  void requireDecomposed_oneSweep_isRejected() {
    BatchSvd kernels = Kernels.batchSvd();
    Pair hasty = new Pair(6, 6);
    hasty.reduce(kernels, PAIR, true);
    kernels.implicitQr(
        6, 6, PAIR, 1, true, hasty.d, hasty.e, hasty.u, hasty.v, hasty.work, hasty.failed);
    assertThrows(AssertionError.class, () -> hasty.requireDecomposed(kernels, PAIR));
  }

  @Test
  void implicitQr_noSweepsLeft_marksTheMatricesThatNeedThem() {
    for (KernelSet kernels : Samples.kernelSets()) {
      Pair pair = new Pair(5, 5);
      Arrays.setAll(pair.d, i -> i);
      pair.e[3 * PAIR + 6] = 1;
      pair.e[2 * PAIR + 11] = 1e-3;
      pair.iterate(kernels.batchSvd(), PAIR, 0, true);
      for (int b = 0; b < PAIR; b++) {
        assertEquals(b == 6 || b == 11, pair.failed[b] > 0, "matrix " + b);
      }
    }
  }

  /** No proof says that shifts by Laguerre's method converge: that they do is to be seen. */
  @Test
  void implicitQr_hostileMatrices_convergeInAFewSweepsAValue() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : new int[] {2, 3, 8, 17, BatchSvd.LARGEST}) {
        Pair pair = new Pair(n, n);
        Arrays.fill(pair.a, 0);
        for (int i = 0; i < n; i++) {
          for (int lane = 0; lane < PAIR; lane++) {
            pair.d[i * PAIR + lane] = hostileDiagonal(lane, i, n);
            pair.e[i * PAIR + lane] = i == 0 ? 0 : hostileBeside(lane, i, n);
            pair.setElement(lane, i, i, pair.d[i * PAIR + lane]);
            pair.setElement(lane, Math.max(i - 1, 0), i, pair.e[i * PAIR + lane]);
            pair.setElement(lane, 0, 0, pair.d[lane]);
          }
        }
        pair.beginWithIdentity();
        pair.iterate(kernels.batchSvd(), PAIR, 4, true);
        assertArrayEquals(new double[PAIR], pair.failed, "order " + n);
        pair.requireDecomposed(kernels.batchSvd(), PAIR);
      }
    }
  }

  static double hostileDiagonal(int lane, int i, int n) {
    return switch (lane) {
      case 0, 1 -> 0;
      case 2 -> i % 2;
      case 3 -> i == n / 2 ? 0 : 1;
      case 4 -> i == 0 ? 0 : -1;
      case 5 -> i == n - 1 ? 0 : 1;
      case 6 -> Math.abs(i - (n - 1) / 2.0);
      case 7 -> Math.scalb(1.0, -3 * i);
      case 8 -> Math.scalb(1.0, -3 * (n - 1 - i));
      case 9 -> i == n / 2 ? 1e-13 : i % 5 - 2;
      case 10 -> 1.5 + 1e-5 * Math.sin(7.0 * i * i);
      case 11 -> i == 0 ? 1.9 : 1e-9 * (1 + Math.sin(7.0 * i * i));
      case 12 -> 1 + Math.ulp(1.0) * (i % 3);
      case 13 -> Math.scalb(1.0, -200 * (i % 3));
      default -> Math.sin(7.0 * i * i);
    };
  }

  static double hostileBeside(int lane, int i, int n) {
    return switch (lane) {
      case 0, 2, 3, 4, 5, 6 -> 1;
      case 1 -> Math.scalb(1.0, -200 * (i % 2));
      case 7 -> Math.scalb(1.0, -3 * i - 1);
      case 8 -> Math.scalb(1.0, -3 * (n - 1 - i) - 1);
      case 9 -> i % 5 == 0 ? 1e-8 : 1;
      case 10 -> 1e-5;
      case 11 -> 1e-9;
      case 12 -> 3 * Math.ulp(1.0);
      case 13 -> Math.scalb(1.0, -180 * (i % 4));
      default -> Math.cos(3.0 * i);
    };
  }

  @Test
  void order_valuesAndSigns_descendAndArePositive() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : new int[] {3, 10}) {
        Pair pair = new Pair(n + 1, n);
        pair.reduce(kernels.batchSvd(), PAIR, true);
        pair.iterate(kernels.batchSvd(), PAIR, 30, true);
        double[] factors = ones(2 * PAIR);
        factors[BLOCK + 3] = 0x1p600;
        factors[PAIR + BLOCK + 3] = 0x1p-599;
        pair.order(kernels.batchSvd(), factors, false, BLOCK);
        for (int lane = 0; lane < BLOCK; lane++) {
          double sum = 0;
          for (int j = 0; j < n; j++) {
            double value = pair.values[j * BLOCK + n * BLOCK + lane];
            double next = j == n - 1 ? 0 : pair.values[(j + 1 + n) * BLOCK + lane];
            assertEquals(Math.max(value, next), value);
            sum += value * value * (lane == 3 ? 0.25 : 1);
            double largest = 0;
            for (int i = 0; i <= n; i++) {
              double x = pair.left[(n * (n + 1) + j * (n + 1) + i) * BLOCK + lane];
              largest = Math.abs(x) > Math.abs(largest) ? x : largest;
            }
            assertEquals(Math.abs(largest), largest);
          }
          double squares = 0;
          for (int i = 0; i < n * (n + 1); i++) {
            double x = pair.a[n * (n + 1) * BLOCK + i * BLOCK + lane];
            squares += x * x;
          }
          assertEquals(squares, sum, 100 * ROUNDING);
        }
      }
    }
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Two lane blocks on their way. */
  private static final class Pair {
    final int m;
    final int n;
    final double[] a;
    final double[] u;
    final double[] v;
    final double[] d;
    final double[] e;
    final double[] work;
    final double[] failed = new double[PAIR];
    final double[] values;
    final double[] left;
    final double[] right;

    Pair(int m, int n) {
      this.m = m;
      this.n = n;
      a = new Random(m).doubles(2L * m * n * BLOCK, -1, 1).toArray();
      u = new double[n * columnStride(m)];
      v = new double[n * columnStride(n)];
      d = new double[n * PAIR];
      e = new double[(n + 1) * PAIR];
      work = new double[BatchSvd.qrWork(m, n)];
      values = new double[2 * n * BLOCK];
      left = new double[a.length];
      right = new double[2 * n * n * BLOCK];
    }

    void setElement(int lane, int i, int j, double x) {
      a[LaneBlock.first(lane, m * n) + (j * m + i) * BLOCK] = x;
    }

    void reduce(BatchSvd kernels, int lanes, boolean vectors) {
      for (int half = 0; half < lanes; half += BLOCK) {
        kernels.scaleInto(Transpose.NO, m, n, ones(2 * PAIR), a, half * m * n, u, half);
      }
      kernels.bidiagonalize(m, n, lanes, vectors, u, d, e, v, work);
    }

    void beginWithIdentity() {
      for (int j = 0; j < n; j++) {
        Arrays.fill(u, j * (columnStride(m) + PAIR), j * (columnStride(m) + PAIR) + PAIR, 1);
        Arrays.fill(v, j * (columnStride(n) + PAIR), j * (columnStride(n) + PAIR) + PAIR, 1);
      }
    }

    void iterate(BatchSvd kernels, int lanes, int sweeps, boolean vectors) {
      kernels.implicitQr(m, n, lanes, sweeps * n, vectors, d, e, u, v, work, failed);
    }

    void order(BatchSvd kernels, double[] factors, boolean signsOfV, int half) {
      int at = half * n;
      kernels.order(
          m, n, signsOfV, factors, d, u, v, half, values, at, left, at * m, right, at * n, work);
    }

    void requireDecomposed(BatchSvd kernels, int lanes) {
      double[] product = new double[a.length];
      double[] square = new double[right.length];
      for (int half = 0; half < lanes; half += BLOCK) {
        int at = half * n;
        order(kernels, ones(2 * PAIR), half == 0, half);
        kernels.multiplyDiagonal(m, n, n, left, at * m, values, at, right, at * n, product, at * m);
        kernels.multiplyDiagonal(
            n, n, n, right, at * n, ones(n * BLOCK), 0, right, at * n, square, at * n);
      }
      assertArrayEquals(
          Arrays.copyOf(a, lanes * m * n), Arrays.copyOf(product, lanes * m * n), 8 * ROUNDING);
      for (int b = 0; b < lanes; b++) {
        for (int i = 0; i < n * n; i++) {
          double element = square[LaneBlock.first(b, n * n) + i * BLOCK];
          assertEquals(i % (n + 1) == 0 ? 1 : 0, element, 2 * ROUNDING);
        }
      }
    }
  }
}
