package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Plain loops and SIMD kernels decompose lane blocks with the same bits, wherever on the way one
 * takes over from the other. In scratch a zero may have another sign: a lane that has converged is
 * turned by nothing as long as its neighbours turn.
 */
class SvdSameBitsTest {
  private static final int[] ORDERS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, BatchSvd.LARGEST};

  private static final KernelSet LOOPS = Kernels.scalar();

  private static final KernelSet VECTORS = Samples.compiled();

  private final Random random = new Random(5);

  @Test
  void jacobi_everyShapeAndNumberOfSweeps_isTheSame() {
    for (int n : ORDERS) {
      for (int sweeps : new int[] {0, 1, 3, 60}) {
        int m = n + random.nextInt(4);
        double[] a = matrices(m, n);
        int lanes = sweeps == 3 ? BLOCK : PAIR;
        boolean vectors = sweeps != 1;
        requireSame(
            m + "×" + n + ", " + sweeps + " sweeps",
            Arrays.stream(orders())
                .map(order -> new Pair(m, n, lanes, vectors).jacobi(order, a, sweeps))
                .toArray(Pair[]::new));
      }
    }
  }

  @Test
  void qr_everyShapeAndNumberOfSweeps_isTheSame() {
    for (int n : ORDERS) {
      for (int sweeps : new int[] {0, 1, 2 * n, 30 * n}) {
        int m = n + random.nextInt(4);
        double[] a = matrices(m, n);
        int lanes = sweeps == 2 * n ? BLOCK : PAIR;
        boolean vectors = sweeps != 1;
        requireSame(
            m + "×" + n + ", " + sweeps + " sweeps",
            Arrays.stream(orders())
                .map(order -> new Pair(m, n, lanes, vectors).reduce(order, a).qr(order, sweeps))
                .toArray(Pair[]::new));
      }
    }
  }

  @Test
  void qr_hostileBidiagonals_areTheSame() {
    for (int n : ORDERS) {
      for (int sweeps : new int[] {n / 2, 30 * n}) {
        requireSame(
            "order " + n + ", " + sweeps + " sweeps",
            Arrays.stream(orders())
                .map(order -> new Pair(n, n, PAIR, true).begin().qr(order, sweeps))
                .toArray(Pair[]::new));
      }
    }
  }

  @Test
  void operands_anyBits_countAsTheyAre() {
    int size = 12;
    double[] a = matrices(size, 1);
    a[3] = Double.NaN;
    a[4 + BLOCK] = Double.NEGATIVE_INFINITY;
    a[5] = Double.MAX_VALUE;
    a[6] = Double.MIN_VALUE;
    double[] factors = random.doubles(2 * PAIR, 0.5, 1).toArray();
    factors[3] = 0;
    factors[5] = 0x1p-1000;
    factors[PAIR + 6] = 0x1p1000;
    double[][] largest = new double[2][BLOCK];
    double[][] scaled = new double[2][3 * columnStride(4)];
    for (int i = 0; i < 2; i++) {
      BatchSvd svd = (i == 0 ? LOOPS : VECTORS).batchSvd();
      svd.inspect(size, a, 0, largest[i], 0);
      svd.scaleInto(Transpose.NO, 4, 3, factors, a, 0, scaled[i], 0);
      svd.scaleInto(Transpose.YES, 4, 3, factors, a, 0, scaled[i], BLOCK);
    }
    assertArrayEquals(bits(largest[0]), bits(largest[1]));
    assertArrayEquals(bits(scaled[0]), bits(scaled[1]));
  }

  /** Which set decomposes, and which does the rest. */
  private static KernelSet[][] orders() {
    return new KernelSet[][] {
      {LOOPS, LOOPS}, {LOOPS, VECTORS}, {VECTORS, LOOPS}, {VECTORS, VECTORS}
    };
  }

  private static void requireSame(String what, Pair[] pairs) {
    double[][] expected = pairs[0].results();
    for (Pair pair : pairs) {
      double[][] actual = pair.results();
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(bits(expected[i]), bits(actual[i]), what + ", result " + i);
      }
    }
  }

  private static long[] bits(double[] numbers) {
    return Arrays.stream(numbers).mapToLong(Double::doubleToLongBits).toArray();
  }

  /** Two lane blocks, each matrix of another kind, largest elements near 1. */
  private double[] matrices(int m, int n) {
    double[] a = new double[2 * m * n * BLOCK];
    for (int lane = 0; lane < PAIR; lane++) {
      int first = LaneBlock.first(lane, m * n);
      for (int i = 0; i < m * n; i++) {
        a[first + i * BLOCK] = element(lane, i % m, i / m);
      }
    }
    return a;
  }

  private double element(int kind, int i, int j) {
    double x = random.nextDouble() * 2 - 1;
    return switch (kind) {
      case 0 -> 0;
      case 1 -> -0.0;
      case 2 -> i == j ? 1 : 0;
      case 3 -> i + j == 5 ? -1 : -0.0; // in the wrong order, and rank deficient
      case 4 -> Math.rint(x); // ties
      case 5 -> 1;
      case 6 -> Math.scalb(x, -3 * j);
      case 7 -> Math.scalb(x, -70 * i);
      case 8 -> j % 3 == 1 ? Math.scalb(x, -210) : x; // too short for squares
      case 9 -> j % 3 == 1 ? Math.scalb(x, -1000) : x;
      case 10 -> j % 2 == 1 ? 0 : x;
      case 11 -> j == 0 ? 1 : x * 1e-9;
      case 12 -> i >= j ? 1e-5 : -1;
      default -> x;
    };
  }

  /** Two lane blocks on their way. */
  private static final class Pair {
    final int m;
    final int n;
    final int lanes;
    final boolean vectors;
    final double[] u;
    final double[] v;
    final double[] d;
    final double[] e;
    final double[] work;
    final double[] failed = new double[PAIR];
    final double[] values;
    final double[] left;
    final double[] right;
    final double[] product;
    final double[] symmetric;
    final double[] factors = new double[2 * PAIR];

    Pair(int m, int n, int lanes, boolean vectors) {
      this.m = m;
      this.n = n;
      this.lanes = lanes;
      this.vectors = vectors;
      u = new double[n * columnStride(m)];
      v = new double[n * columnStride(n)];
      d = new double[n * PAIR];
      e = new double[(n + 1) * PAIR];
      work = new double[BatchSvd.qrWork(m, n)];
      values = new double[2 * n * BLOCK];
      left = new double[2 * m * n * BLOCK];
      right = new double[2 * n * n * BLOCK];
      product = new double[left.length];
      symmetric = new double[right.length];
      Arrays.setAll(factors, lane -> 1 + lane / 7.0);
    }

    Pair scale(KernelSet kernels, double[] a) {
      double[] ones = new double[2 * PAIR];
      Arrays.fill(ones, 1);
      for (int half = 0; half < lanes; half += BLOCK) {
        kernels.batchSvd().scaleInto(Transpose.NO, m, n, ones, a, half * m * n, u, half);
      }
      return this;
    }

    Pair jacobi(KernelSet[] kernels, double[] a, int sweeps) {
      scale(kernels[1], a);
      kernels[0].batchSvd().orthogonalize(m, n, lanes, vectors, sweeps, u, v, failed);
      BatchSvd svd = kernels[1].batchSvd();
      for (int half = 0; half < lanes; half += BLOCK) {
        int at = half * n;
        svd.lengths(m, n, factors, u, half, values, at);
        if (vectors) {
          svd.arrange(m, n, half == 0, u, v, half, left, at * m, right, at * n);
        }
      }
      return multiply(kernels[0]);
    }

    Pair reduce(KernelSet[] kernels, double[] a) {
      scale(kernels[1], a);
      kernels[0].batchSvd().bidiagonalize(m, n, lanes, vectors, u, d, e, v, work);
      return this;
    }

    /** Hostile bidiagonal matrices. */
    Pair begin() {
      for (int i = 0; i < n; i++) {
        for (int lane = 0; lane < PAIR; lane++) {
          d[lane + i * PAIR] = BatchBidiagonalTest.hostileDiagonal(lane, i, n);
          e[lane + i * PAIR] = i == 0 ? 0 : BatchBidiagonalTest.hostileBeside(lane, i, n);
          u[lane + i * (columnStride(m) + PAIR)] = 1;
          v[lane + i * (columnStride(n) + PAIR)] = 1;
        }
      }
      return this;
    }

    Pair qr(KernelSet[] kernels, int sweeps) {
      BatchSvd svd = kernels[1].batchSvd();
      svd.implicitQr(m, n, lanes, sweeps, vectors, d, e, u, v, work, failed);
      for (int half = 0; half < lanes; half += BLOCK) {
        int at = half * n;
        if (vectors) {
          kernels[0]
              .batchSvd()
              .order(
                  m, n, half > 0, factors, d, u, v, half, values, at, left, at * m, right, at * n,
                  work);
        }
        for (int j = 0; j < n && !vectors; j++) {
          System.arraycopy(d, half + j * PAIR, values, at + j * BLOCK, BLOCK);
        }
      }
      return multiply(kernels[1]);
    }

    private Pair multiply(KernelSet kernels) {
      for (int half = 0; half < lanes; half += BLOCK) {
        int at = half * n;
        kernels
            .batchSvd()
            .multiplyDiagonal(m, n, n, left, at * m, values, at, right, at * n, product, at * m);
        kernels
            .batchSvd()
            .multiplyDiagonalSymmetric(n, n, right, at * n, values, at, symmetric, at * n);
      }
      return this;
    }

    double[][] results() {
      return new double[][] {Arrays.copyOf(failed, lanes), values, left, right, product, symmetric};
    }
  }
}
