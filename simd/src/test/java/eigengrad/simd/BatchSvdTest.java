package eigengrad.simd;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pairs of lane blocks through the kernels; hard matrices are left to the solver's own tests. */
class BatchSvdTest {
  private static final double[] ONES = ones();
  private static final double ROUNDING = 1e-14;

  private static double[] ones() {
    double[] ones = new double[2 * PAIR];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] random(int size, long seed) {
    return new Random(seed).doubles(size, -1, 1).toArray();
  }

  @Test
  void orthogonalize_randomMatrices_givesTheirDecompositions() {
    for (KernelSet kernels : Samples.kernelSets()) {
      BatchSvd svd = kernels.batchSvd();
      for (int[] shape : new int[][] {{1, 1}, {4, 1}, {2, 2}, {5, 3}, {7, 7}, {9, 8}, {32, 32}}) {
        int m = shape[0];
        int n = shape[1];
        double[] a = random(2 * m * n * BLOCK, m);
        double[] w = new double[n * columnStride(m)];
        double[] v = new double[n * columnStride(n)];
        double[] failed = new double[PAIR];
        double[] unit = new double[a.length];
        double[] other = new double[2 * n * n * BLOCK];
        double[] values = new double[2 * n * BLOCK];
        for (int half = 0; half < PAIR; half += BLOCK) {
          svd.scaleInto(Transpose.NO, m, n, ONES, a, half * m * n, w, half);
        }
        svd.orthogonalize(m, n, PAIR, true, 60, w, v, failed);
        assertEquals(0, Arrays.stream(failed).max().orElseThrow());
        double[] product = new double[a.length];
        double[] square = new double[other.length];
        double[] symmetric = new double[other.length];
        for (int half = 0; half < PAIR; half += BLOCK) {
          int at = half * m * n;
          int vAt = half * n * n;
          svd.lengths(m, n, ONES, w, half, values, half * n);
          svd.arrange(m, n, half == 0, w, v, half, unit, at, other, vAt);
          svd.multiplyDiagonal(m, n, n, unit, at, values, half * n, other, vAt, product, at);
          svd.multiplyDiagonal(n, n, n, other, vAt, ones(n), 0, other, vAt, square, vAt);
          svd.multiplyDiagonalSymmetric(n, n, other, vAt, ones(n), 0, symmetric, vAt);
        }
        requireClose(a, product);
        requireIdentity(n, square);
        requireIdentity(n, symmetric);
        requireSymmetric(n, symmetric);
      }
    }
  }

  private static void requireSymmetric(int n, double[] square) {
    for (int b = 0; b < PAIR; b++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          int first = LaneBlock.first(b, n * n);
          assertEquals(square[first + (i * n + j) * BLOCK], square[first + (j * n + i) * BLOCK]);
        }
      }
    }
  }

  private static double[] ones(int n) {
    double[] ones = new double[n * BLOCK];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void requireClose(double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 8 * ROUNDING);
    }
  }

  private static void requireIdentity(int n, double[] square) {
    for (int b = 0; b < PAIR; b++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          double element = square[LaneBlock.first(b, n * n) + (j * n + i) * BLOCK];
          assertEquals(i == j ? 1 : 0, element, ROUNDING);
        }
      }
    }
  }

  @Test
  void orthogonalize_lanesThatCannotBeSolved_areMarkedAlone() {
    for (KernelSet kernels : Samples.kernelSets()) {
      int n = 8;
      double[] random = random(n * columnStride(n), 4);
      double[] w = random.clone();
      double[] v = new double[w.length];
      double[] failed = new double[PAIR];
      kernels.batchSvd().orthogonalize(n, n, PAIR, true, 1, w, v, failed);
      assertTrue(Arrays.stream(failed).allMatch(mark -> mark > 0));
      w = random.clone();
      for (int i = 0; i < n * PAIR; i += PAIR) {
        w[5 + i] *= 0x1p-210;
        w[6 + i] = 0;
      }
      kernels.batchSvd().orthogonalize(n, n, PAIR, true, 60, w, v, failed);
      for (int lane = 0; lane < PAIR; lane++) {
        assertEquals(lane == 5, failed[lane] > 0);
      }
    }
  }

  @Test
  void scaleInto_transposeAndFactors_areApplied() {
    for (KernelSet kernels : Samples.kernelSets()) {
      double[] a = random(6 * BLOCK, 1);
      a[3] = Double.NaN;
      double[] factors = ones();
      factors[BLOCK + 3] = 0;
      factors[BLOCK + 4] = 0x1p1000;
      factors[PAIR + BLOCK + 4] = 0x1p-998;
      double[] b = new double[2 * columnStride(3)];
      kernels.batchSvd().scaleInto(Transpose.YES, 3, 2, factors, a, 0, b, BLOCK);
      for (int lane = 0; lane < BLOCK; lane++) {
        double factor = lane == 4 ? 4 : 1;
        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < 2; j++) {
            double expected = lane == 3 ? 0 : factor * a[(i * 2 + j) * BLOCK + lane];
            assertEquals(expected, b[j * columnStride(3) + i * PAIR + BLOCK + lane]);
          }
        }
      }
      double[] largest = new double[BLOCK];
      kernels.batchSvd().inspect(6, a, 0, largest, 0);
      assertTrue(Double.isNaN(largest[3]));
      double most = 0;
      for (int i = 0; i < 6; i++) {
        most = Math.max(most, Math.abs(a[i * BLOCK + 7]));
      }
      assertEquals(most, largest[7]);
    }
  }
}
