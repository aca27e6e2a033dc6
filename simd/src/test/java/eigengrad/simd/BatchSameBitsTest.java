package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Plain loops and SIMD kernels solve lane blocks with the same bits, wherever on the way one takes
 * over from the other. In scratch a zero may have another sign: a lane that has converged is turned
 * by nothing as long as its neighbours turn.
 */
class BatchSameBitsTest {
  private static final int[] ORDERS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 40};

  private static final KernelSet LOOPS = Kernels.scalar();

  private static final KernelSet VECTORS = Samples.compiled();

  /** Which set prepares, decomposes and finishes. */
  private static final KernelSet[][] ORDERS_OF_SETS = {
    {LOOPS, LOOPS, LOOPS},
    {VECTORS, VECTORS, VECTORS},
    {LOOPS, VECTORS, LOOPS},
    {VECTORS, LOOPS, VECTORS},
    {LOOPS, LOOPS, VECTORS}
  };

  private final Random random = new Random(7);

  /** Random, diagonal, rank one, graded and zero matrices side by side. */
  private double[] matrices(int n) {
    double[] a = new double[n * n * PAIR];
    for (int b = 0; b < PAIR; b++) {
      double[] x = random.doubles(n, -1, 1).toArray();
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double element =
              switch (b % 6) {
                case 0 -> i == j ? x[i] : 0;
                case 1 -> x[i] * x[j];
                case 2 -> (random.nextDouble() - 0.5) * Math.scalb(1.0, -9 * (i + j));
                case 3 -> i == j && b > 6 ? 0 : random.nextInt(3) - 1;
                default -> random.nextDouble() * 2 - 1;
              };
          a[LaneBlock.first(b, n * n) + (j * n + i) * BLOCK] = element;
        }
      }
    }
    return a;
  }

  /** Values, vectors and marks of the lanes that are wanted and have not failed. */
  private static long[][] solve(
      boolean jacobi, KernelSet[] sets, int n, int lanes, int sweeps, double[] matrices) {
    double[] a = new double[n * columnStride(n)];
    double[] v = a.clone();
    double[] d = new double[n * PAIR];
    double[] e = new double[n * PAIR];
    double[] work = new double[Math.max(BatchSolver.qrWork(n), n * PAIR)];
    double[] failed = new double[PAIR];
    double[] largest = new double[PAIR];
    double[] asymmetry = new double[PAIR];
    double[] factors = new double[2 * PAIR];
    double[] values = new double[n * PAIR];
    double[] vectors = new double[n * n * PAIR];
    Arrays.fill(factors, 0.75);
    factors[5] = 0;
    BatchSolver first = sets[0].batchSolver();
    for (int half = 0; half < PAIR; half += BLOCK) {
      first.inspect(n, half == 0, matrices, half * n * n, largest, asymmetry, half);
      first.scaleInto(n, factors, matrices, half * n * n, a, half);
    }
    BatchSolver second = sets[1].batchSolver();
    boolean wanted = sweeps != 1;
    if (jacobi) {
      second.jacobi(n, lanes, sweeps, a, d, v, failed);
    } else {
      first.tridiagonalize(n, lanes, wanted, a, d, e, work);
      second.implicitQr(n, lanes, sweeps, wanted, d, e, a, work, failed);
      v = a;
    }
    double[] marks = Arrays.copyOf(failed, lanes);
    BatchSolver third = sets[2].batchSolver();
    for (int half = 0; half < PAIR; half += BLOCK) {
      third.arrange(n, factors, d, v, half, values, half * n, vectors, half * n * n, work);
    }
    for (int b = 0; b < PAIR; b++) {
      boolean kept = b < lanes && marks[b] == 0;
      for (int i = 0; i < n && !kept; i++) {
        values[LaneBlock.first(b, n) + i * BLOCK] = 0;
      }
      for (int i = 0; i < n * n && !(kept && wanted); i++) {
        vectors[LaneBlock.first(b, n * n) + i * BLOCK] = 0;
      }
    }
    return new long[][] {bits(largest), bits(asymmetry), bits(marks), bits(values), bits(vectors)};
  }

  private static long[] bits(double[] numbers) {
    return Arrays.stream(numbers).mapToLong(Double::doubleToLongBits).toArray();
  }

  private void compare(boolean jacobi, int n, int lanes, int sweeps) {
    double[] matrices = matrices(n);
    long[][] expected = solve(jacobi, ORDERS_OF_SETS[0], n, lanes, sweeps, matrices);
    for (KernelSet[] sets : ORDERS_OF_SETS) {
      long[][] actual = solve(jacobi, sets, n, lanes, sweeps, matrices);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(
            expected[i],
            actual[i],
            "order %d, %d lanes, %d sweeps, result %d".formatted(n, lanes, sweeps, i));
      }
    }
  }

  @Test
  void jacobi_everyOrderAndNumberOfSweeps_isTheSame() {
    for (int n = 1; n <= BatchSolver.LARGEST_JACOBI; n++) {
      compare(true, n, PAIR, 60);
      compare(true, n, 5, 60);
      compare(true, n, PAIR, 2);
    }
  }

  @Test
  void qr_everyOrderAndNumberOfSweeps_isTheSame() {
    for (int n : ORDERS) {
      compare(false, n, PAIR, 30 * n);
      compare(false, n, 5, 30 * n);
      compare(false, n, PAIR, n);
      compare(false, n, PAIR, 1);
    }
  }

  @Test
  void products_everyOrder_areTheSame() {
    for (int n = 1; n <= 13; n++) {
      double[] expected = new double[n * n * BLOCK];
      for (int set = 0; set < 2; set++) {
        GroupOperands group =
            new GroupOperands((set == 0 ? LOOPS : VECTORS).batchProducts(), 4 * n);
        for (int turn = 0; turn < 3; turn++) {
          group.run();
        }
        if (set == 0) {
          expected = group.result;
        } else {
          assertArrayEquals(bits(expected), bits(group.result), "order " + n);
        }
      }
    }
  }

  @Test
  void vectorsOfUnsafeNorm_areTheSame() {
    int n = 5;
    double[] x = random.doubles((long) n * BLOCK, -1, 1).toArray();
    for (int i = 0; i < n; i++) {
      x[i * BLOCK] = 0;
      x[i * BLOCK + 1] *= 0x1p-451;
      x[i * BLOCK + 2] *= 0x1p520;
      x[i * BLOCK + 3] = i == 2 ? Double.NaN : 1;
    }
    double[] moving = {1, 1, 1, 1, 0, 1, 0, 1};
    double[][] results = new double[2][];
    for (int set = 0; set < 2; set++) {
      BatchProducts products = (set == 0 ? LOOPS : VECTORS).batchProducts();
      double[] result = new double[3 * n * BLOCK];
      double[] unit = new double[n * BLOCK];
      double[] norms = new double[BLOCK];
      double[] v = x.clone();
      products.unitVector(n, x, unit, norms);
      products.normalize(n, x, moving, v);
      System.arraycopy(unit, 0, result, 0, n * BLOCK);
      System.arraycopy(v, 0, result, n * BLOCK, n * BLOCK);
      System.arraycopy(norms, 0, result, 2 * n * BLOCK, BLOCK);
      results[set] = result;
    }
    assertArrayEquals(bits(results[0]), bits(results[1]));
  }
}
