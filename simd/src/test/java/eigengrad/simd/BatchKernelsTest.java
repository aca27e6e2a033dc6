package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pairs of groups through all batch kernels; hard matrices are left to the solver's own tests. */
class BatchKernelsTest {
  private static final int MAX_SWEEPS = 1000;

  /** A method that leaves values in d and vectors in v. */
  private interface Method {
    void solve(BatchSolver kernels, Pair pair, int lanes);
  }

  private static final Method JACOBI =
      (kernels, pair, lanes) ->
          kernels.jacobi(pair.n, lanes, 60, pair.a, pair.d, pair.v, pair.failed);

  private static final Method QR =
      (kernels, pair, lanes) -> reduceAndSweep(kernels, pair, lanes, MAX_SWEEPS);

  private static void reduceAndSweep(BatchSolver kernels, Pair pair, int lanes, int maxSweeps) {
    kernels.tridiagonalize(pair.n, lanes, true, pair.a, pair.d, pair.e, pair.work);
    System.arraycopy(pair.a, 0, pair.v, 0, pair.a.length);
    kernels.implicitQr(
        pair.n, lanes, maxSweeps, true, pair.d, pair.e, pair.v, pair.work, pair.failed);
  }

  @Test
  void jacobi_randomMatrices_areDecomposed() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n = 1; n <= BatchSolver.LARGEST_JACOBI; n++) {
        check(kernels.batchSolver(), JACOBI, n, PAIR);
        check(kernels.batchSolver(), JACOBI, n, BLOCK);
      }
    }
  }

  @Test
  void tridiagonalizeAndQr_randomMatrices_areDecomposed() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 31, 40}) {
        check(kernels.batchSolver(), QR, n, PAIR);
        check(kernels.batchSolver(), QR, n, BLOCK);
      }
    }
  }

  @Test
  void check_methodThatRotatesOnceTooLittle_isRejected() {
    BatchSolver kernels = Samples.compiled().batchSolver();
    Method hasty =
        (batch, pair, lanes) -> {
          reduceAndSweep(batch, pair, lanes, 1);
          Arrays.fill(pair.failed, 0);
        };
    assertThrows(AssertionError.class, () -> check(kernels, hasty, 6, PAIR));
  }

  private static void check(BatchSolver kernels, Method method, int n, int lanes) {
    Pair pair = new Pair(n, new Random(n));
    pair.begin(kernels);
    method.solve(kernels, pair, lanes);
    pair.end(kernels);
    assertArrayEquals(new double[lanes], Arrays.copyOf(pair.failed, lanes));
    for (int b = 0; b < lanes; b++) {
      pair.requireDecomposed(b);
    }
  }

  @Test
  void implicitQr_noSweepsLeft_marksTheMatricesThatNeedThem() {
    for (KernelSet kernels : Samples.kernelSets()) {
      int n = 5;
      Pair pair = new Pair(n, new Random(3));
      Arrays.setAll(pair.d, i -> i);
      Arrays.fill(pair.e, 0);
      pair.e[3 * PAIR + 6] = 1;
      pair.e[2 * PAIR + 11] = 1e-3;
      kernels
          .batchSolver()
          .implicitQr(n, PAIR, 0, true, pair.d, pair.e, pair.v, pair.work, pair.failed);
      for (int b = 0; b < PAIR; b++) {
        assertEquals(b == 6 || b == 11, pair.failed[b] > 0, "matrix " + b);
      }
    }
  }

  /** An element of a few ulps beside equal ones: a shift by its own size must not be refused. */
  @Test
  void implicitQr_almostEqualValues_doNotStandStill() {
    for (KernelSet kernels : Samples.kernelSets()) {
      Pair pair = new Pair(2, new Random(5));
      Arrays.fill(pair.d, 0.9999999999999994);
      Arrays.fill(pair.e, PAIR, 2 * PAIR, -3.8109508637244696e-16);
      kernels
          .batchSolver()
          .implicitQr(2, PAIR, 9, true, pair.d, pair.e, pair.v, pair.work, pair.failed);
      assertArrayEquals(new double[PAIR], pair.failed);
    }
  }

  /** No proof says that shifts by Laguerre's method converge: that they do is to be seen. */
  @Test
  void implicitQr_hostileTridiagonals_convergeInAFewSweepsAnEigenvalue() {
    for (KernelSet kernels : Samples.kernelSets()) {
      for (int n : new int[] {3, 8, 17, 32, BatchSolver.LARGEST_QR}) {
        Pair pair = new Pair(n, new Random(6));
        for (int i = 0; i < n; i++) {
          for (int lane = 0; lane < PAIR; lane++) {
            pair.d[i * PAIR + lane] = hostileDiagonal(lane, i, n);
            pair.e[i * PAIR + lane] = i == 0 ? 0 : hostileOffDiagonal(lane, i, n);
          }
        }
        kernels
            .batchSolver()
            .implicitQr(n, PAIR, 4 * n, true, pair.d, pair.e, pair.v, pair.work, pair.failed);
        assertArrayEquals(new double[PAIR], pair.failed, "order " + n);
      }
    }
  }

  private static double hostileDiagonal(int lane, int i, int n) {
    return switch (lane) {
      case 0, 1, 2, 3 -> 0;
      case 4 -> i < 2 ? 1 : 0;
      case 5 -> 2;
      case 6 -> Math.abs(i - (n - 1) / 2.0);
      case 7 -> Math.scalb(1.0, -3 * i);
      case 8 -> Math.scalb(1.0, -3 * (n - 1 - i));
      case 9 -> Math.abs(i % 5 - 2);
      case 10 -> 1.5 + 1e-5 * Math.sin(7.0 * i * i);
      case 11 -> i == 0 ? 1.9 : 1e-6 * (1 + Math.sin(7.0 * i * i));
      case 12 -> i % 2;
      case 13 -> 1 + Math.ulp(1.0) * (i % 3);
      case 14 -> i % 2 == 0 ? 1 : -1;
      default -> Math.sin(7.0 * i * i);
    };
  }

  private static double hostileOffDiagonal(int lane, int i, int n) {
    return switch (lane) {
      case 0, 5, 6, 14 -> 1;
      case 1 -> Math.scalb(1.0, -40);
      case 2 -> Math.scalb(1.0, -200);
      case 3 -> Math.sqrt((double) i * (n - i)) / n;
      case 4 -> i < 3 ? 0 : Math.scalb(1.0, -40);
      case 7 -> Math.scalb(1.0, -3 * i - 1);
      case 8 -> Math.scalb(1.0, -3 * (n - 1 - i) - 1);
      case 9 -> i % 5 == 0 ? 1e-8 : 1;
      case 10 -> 1e-5;
      case 11 -> 1e-6;
      case 12 -> 1e-12;
      case 13 -> 3 * Math.ulp(1.0);
      default -> Math.cos(3.0 * i);
    };
  }

  @Test
  void inspect_notFiniteOrAsymmetric_isSeenInItsLane() {
    for (KernelSet kernels : Samples.kernelSets()) {
      int n = 5;
      Pair pair = new Pair(n, new Random(4));
      pair.matrices[(2 * n + 4) * BLOCK + 3] = Double.NaN;
      pair.matrices[(4 * n + 2) * BLOCK + 4] = Double.NEGATIVE_INFINITY;
      pair.matrices[(4 * n + 2) * BLOCK + 5] += 0.25;
      pair.matrices[3 * n * BLOCK + 6] = -7;
      double[] largest = new double[PAIR];
      double[] asymmetry = new double[PAIR];
      kernels.batchSolver().inspect(n, false, pair.matrices, 0, largest, asymmetry, BLOCK);
      assertTrue(Double.isNaN(largest[BLOCK + 3]));
      assertEquals(Double.POSITIVE_INFINITY, largest[BLOCK + 4]);
      assertEquals(0.25, asymmetry[BLOCK + 5], 1e-15);
      assertEquals(7, largest[BLOCK + 6]);
      assertEquals(0, asymmetry[BLOCK + 7]);
      assertEquals(0, largest[0]);
      kernels.batchSolver().inspect(n, true, pair.matrices, 0, largest, asymmetry, BLOCK);
      assertTrue(Double.isNaN(largest[BLOCK + 3]));
      assertTrue(largest[BLOCK + 4] < 1);
      assertTrue(largest[BLOCK + 6] < 1);
      assertEquals(0, asymmetry[BLOCK + 5]);
    }
  }

  @Test
  void scaleInto_factorZero_dropsWhateverThereIs() {
    for (KernelSet kernels : Samples.kernelSets()) {
      Pair pair = new Pair(3, new Random(5));
      pair.matrices[4 * BLOCK + 1] = Double.NaN;
      Arrays.fill(pair.factors, 0.5);
      pair.factors[1] = 0;
      kernels.batchSolver().scaleInto(3, pair.factors, pair.matrices, 0, pair.a, 0);
      for (int j = 0; j < 3; j++) {
        for (int i = j; i < 3; i++) {
          int at = j * LaneBlock.columnStride(3) + i * PAIR;
          assertEquals(0, pair.a[at + 1]);
          assertEquals(0.25 * pair.matrices[(j * 3 + i) * BLOCK], pair.a[at]);
        }
      }
    }
  }

  /** Sixteen random symmetric matrices and everything that their solution needs. */
  private static final class Pair {
    final int n;
    final double[] matrices;
    final double[] a;
    final double[] v;
    final double[] d;
    final double[] e;
    final double[] work;
    final double[] failed = new double[PAIR];
    final double[] factors = new double[2 * PAIR];
    final double[] values;
    final double[] vectors;

    Pair(int n, Random random) {
      this.n = n;
      matrices = new double[n * n * PAIR];
      for (int b = 0; b < PAIR; b++) {
        for (int j = 0; j < n; j++) {
          for (int i = j; i < n; i++) {
            matrices[at(b, i, j)] = random.nextDouble(-1, 1);
            matrices[at(b, j, i)] = matrices[at(b, i, j)];
          }
        }
      }
      a = new double[n * LaneBlock.columnStride(n)];
      v = a.clone();
      d = new double[n * PAIR];
      e = new double[n * PAIR];
      work = new double[BatchSolver.qrWork(n)];
      values = new double[n * PAIR];
      vectors = new double[n * n * PAIR];
    }

    private int at(int b, int i, int j) {
      return b / BLOCK * n * n * BLOCK + (j * n + i) * BLOCK + b % BLOCK;
    }

    void begin(BatchSolver kernels) {
      Arrays.fill(factors, 2);
      for (int half = 0; half < PAIR; half += BLOCK) {
        kernels.scaleInto(n, factors, matrices, half * n * n, a, half);
      }
      Arrays.fill(factors, 0.5);
    }

    void end(BatchSolver kernels) {
      for (int half = 0; half < PAIR; half += BLOCK) {
        kernels.arrange(n, factors, d, v, half, values, half * n, vectors, half * n * n, work);
      }
    }

    void requireDecomposed(int b) {
      int first = b / BLOCK * n * BLOCK + b % BLOCK;
      double tolerance = 1e-14 * (n + 4);
      for (int j = 0; j < n; j++) {
        assertTrue(j == 0 || values[first + (j - 1) * BLOCK] <= values[first + j * BLOCK]);
        double largest = 0;
        for (int i = 0; i < n; i++) {
          double component = vectors[at(b, i, j)];
          largest = Math.abs(component) > Math.abs(largest) ? component : largest;
          double product = 0;
          double dot = 0;
          for (int k = 0; k < n; k++) {
            product += vectors[at(b, i, k)] * values[first + k * BLOCK] * vectors[at(b, j, k)];
            dot += vectors[at(b, k, i)] * vectors[at(b, k, j)];
          }
          assertEquals(matrices[at(b, i, j)], product, tolerance);
          assertEquals(i == j ? 1 : 0, dot, tolerance);
        }
        assertTrue(largest > 0);
      }
    }
  }
}
