package eigengrad.simd.scalar;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.BatchSolver;
import eigengrad.simd.LaneBlock;

/** One matrix after the other, as plain loops. */
public final class ScalarBatchSolver implements BatchSolver {
  /** Plain loops. */
  public ScalarBatchSolver() {}

  @Override
  public void inspect(
      int n,
      boolean lowerOnly,
      double[] a,
      int aOffset,
      double[] largest,
      double[] asymmetry,
      int offset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double size = 0;
      double difference = 0;
      for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
          double below = a[aOffset + lane + (j * n + i) * BLOCK];
          double right = lowerOnly ? below : a[aOffset + lane + (i * n + j) * BLOCK];
          size = Math.max(size, Math.max(Math.abs(below), Math.abs(right)));
          difference = Math.max(difference, Math.abs(below - right));
        }
      }
      largest[offset + lane] = size;
      asymmetry[offset + lane] = difference;
    }
  }

  @Override
  public void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int half) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        int from = aOffset + (j * n + i) * BLOCK;
        int to = half + j * columnStride(n) + i * PAIR;
        for (int lane = 0; lane < BLOCK; lane++) {
          double first = factors[half + lane];
          double second = factors[PAIR + half + lane];
          b[to + lane] = first == 0 ? 0 : a[from + lane] * first * second;
        }
      }
    }
  }

  @Override
  public void jacobi(
      int n, int lanes, int maxSweeps, double[] a, double[] d, double[] v, double[] failed) {
    for (int lane = 0; lane < lanes; lane++) {
      failed[lane] = ScalarBatchJacobi.solve(n, maxSweeps, a, d, v, lane);
    }
  }

  @Override
  public void tridiagonalize(
      int n, int lanes, boolean vectors, double[] a, double[] d, double[] e, double[] work) {
    for (int lane = 0; lane < lanes; lane++) {
      ScalarBatchHouseholder.tridiagonalize(n, a, d, e, work, lane);
      if (vectors) {
        ScalarBatchHouseholder.formQ(n, a, lane);
      }
    }
  }

  @Override
  public void implicitQr(
      int n,
      int lanes,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] q,
      double[] work,
      double[] failed) {
    for (int lane = 0; lane < lanes; lane++) {
      failed[lane] = ScalarBatchQr.solve(n, maxSweeps, vectors, d, e, q, work, lane);
    }
  }

  @Override
  public void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] work) {
    for (int lane = 0; lane < BLOCK; lane++) {
      int first = half + lane;
      for (int j = 0; j < n; j++) {
        d[first + j * PAIR] = d[first + j * PAIR] * factors[first] * factors[PAIR + first] + 0;
        orient(n, v, first + j * columnStride(n));
      }
      for (int j = 0; j < n; j++) {
        work[first + j * PAIR] = rank(n, d, first, j);
      }
    }
    moveColumns(1, n, work, d, half, values, valuesOffset);
    moveColumns(n, n, work, v, half, vectors, vectorsOffset);
  }

  /**
   * Brings each column of each matrix of a lane block to the place of its rank.
   *
   * @param m rows; 1 for values
   * @param n columns
   * @param ranks where each column goes
   * @param x columns of the pair
   * @param half where the lane block is: 0 or {@link LaneBlock#BLOCK}
   * @param ordered overwritten, interleaved
   * @param offset where they start
   */
  public static void moveColumns(
      int m, int n, double[] ranks, double[] x, int half, double[] ordered, int offset) {
    for (int j = 0; j < n; j++) {
      for (int lane = 0; lane < BLOCK; lane++) {
        int first = half + lane;
        int rank = (int) ranks[first + j * PAIR];
        int from = first + j * columnStride(m);
        int to = offset + lane + rank * m * BLOCK;
        for (int i = 0; i < m; i++) {
          ordered[to + i * BLOCK] = x[from + i * PAIR];
        }
      }
    }
  }

  /** How many values come before one: the smaller ones, and the equal ones before it. */
  static int rank(int n, double[] d, int lane, int j) {
    int rank = 0;
    for (int k = 0; k < n; k++) {
      double other = d[lane + k * PAIR];
      double value = d[lane + j * PAIR];
      if (k < j ? other <= value : other < value) {
        rank++;
      }
    }
    return rank;
  }

  /** Makes the first of the largest components positive, and every zero. */
  private static void orient(int n, double[] v, int column) {
    double largest = 0;
    double signed = 0;
    for (int i = column; i < column + n * PAIR; i += PAIR) {
      if (Math.abs(v[i]) > largest) {
        largest = Math.abs(v[i]);
        signed = v[i];
      }
    }
    double sign = signed < 0 ? -1 : 1;
    for (int i = column; i < column + n * PAIR; i += PAIR) {
      v[i] = v[i] * sign + 0;
    }
  }
}
