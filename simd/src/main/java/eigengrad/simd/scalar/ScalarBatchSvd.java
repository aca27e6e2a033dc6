package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.BatchSvd;
import eigengrad.simd.Transpose;

/** One matrix after the other, as plain loops with the roundings of {@code VectorBatchSvd}. */
public final class ScalarBatchSvd implements BatchSvd {
  /** Plain loops. */
  public ScalarBatchSvd() {}

  @Override
  public void inspect(int size, double[] a, int aOffset, double[] largest, int offset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double most = 0;
      for (int i = 0; i < size; i++) {
        most = Math.max(most, Math.abs(a[aOffset + lane + i * BLOCK]));
      }
      largest[offset + lane] = most;
    }
  }

  @Override
  public void scaleInto(
      Transpose transpose,
      int m,
      int n,
      double[] factors,
      double[] a,
      int aOffset,
      double[] b,
      int half) {
    boolean transposed = transpose == Transpose.YES;
    int down = transposed ? n * BLOCK : BLOCK;
    int across = transposed ? BLOCK : m * BLOCK;
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        int from = aOffset + i * down + j * across;
        int to = half + j * columnStride(m) + i * PAIR;
        for (int lane = 0; lane < BLOCK; lane++) {
          double first = factors[half + lane];
          double second = factors[PAIR + half + lane];
          b[to + lane] = first == 0 ? 0 : a[from + lane] * first * second;
        }
      }
    }
  }

  @Override
  public void orthogonalize(
      int m,
      int n,
      int lanes,
      boolean vectors,
      int maxSweeps,
      double[] a,
      double[] v,
      double[] failed) {
    for (int lane = 0; lane < lanes; lane++) {
      failed[lane] = ScalarBatchOrthogonalization.solve(m, n, vectors, maxSweeps, a, v, lane);
    }
  }

  @Override
  public void lengths(
      int m, int n, double[] factors, double[] w, int half, double[] values, int valuesOffset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      double first = factors[half + lane];
      double second = factors[PAIR + half + lane];
      for (int j = 0; j < n; j++) {
        double length = length(m, w, half + lane + j * columnStride(m));
        values[valuesOffset + lane + j * BLOCK] = length * first * second;
      }
    }
  }

  /** Summed as where columns are put in order, so that lengths descend. */
  private static double length(int m, double[] w, int column) {
    return Math.sqrt(ScalarBatchOrthogonalization.product(m, w, column, column));
  }

  @Override
  public void arrange(
      int m,
      int n,
      boolean signsOfV,
      double[] w,
      double[] v,
      int half,
      double[] unit,
      int unitOffset,
      double[] other,
      int otherOffset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int j = 0; j < n; j++) {
        int wColumn = half + lane + j * columnStride(m);
        int vColumn = half + lane + j * columnStride(n);
        int to = unitOffset + lane + j * m * BLOCK;
        int otherTo = otherOffset + lane + j * n * BLOCK;
        copy(m, inverseLength(m, w, wColumn), w, wColumn, unit, to);
        copy(n, 1, v, vColumn, other, otherTo);
        double sign = signsOfV ? sign(n, other, otherTo) : sign(m, unit, to);
        orient(m, sign, unit, to);
        orient(n, sign, other, otherTo);
      }
    }
  }

  /** Of a zero column 0. */
  private static double inverseLength(int m, double[] w, int column) {
    double square = 0;
    for (int i = column; i < column + m * PAIR; i += PAIR) {
      square = multiplyAdd(w[i], w[i], square);
    }
    return square == 0 ? 0 : 1 / Math.sqrt(square);
  }

  private static void copy(int m, double factor, double[] w, int from, double[] x, int to) {
    for (int i = 0; i < m; i++) {
      x[to + i * BLOCK] = w[from + i * PAIR] * factor;
    }
  }

  /** Of the first of the largest components. */
  private static double sign(int n, double[] x, int first) {
    double largest = 0;
    double signed = 0;
    for (int i = first; i < first + n * BLOCK; i += BLOCK) {
      if (Math.abs(x[i]) > largest) {
        largest = Math.abs(x[i]);
        signed = x[i];
      }
    }
    return signed < 0 ? -1 : 1;
  }

  private static void orient(int n, double sign, double[] x, int first) {
    for (int i = first; i < first + n * BLOCK; i += BLOCK) {
      x[i] = x[i] * sign + 0;
    }
  }

  @Override
  public void bidiagonalize(
      int m,
      int n,
      int lanes,
      boolean vectors,
      double[] a,
      double[] d,
      double[] e,
      double[] v,
      double[] work) {
    for (int lane = 0; lane < lanes; lane++) {
      ScalarBatchBidiagonalization.reduce(m, n, a, d, e, v, work, lane);
      if (vectors) {
        ScalarBatchBidiagonalization.formU(m, n, a, work, lane);
        ScalarBatchHouseholder.formQ(n, v, lane);
      }
    }
  }

  @Override
  public void implicitQr(
      int m,
      int n,
      int lanes,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] u,
      double[] v,
      double[] work,
      double[] failed) {
    for (int lane = 0; lane < lanes; lane++) {
      failed[lane] =
          ScalarBatchBidiagonalQr.solve(m, n, maxSweeps, vectors, d, e, u, v, work, lane) ? 0 : 1;
    }
  }

  @Override
  public void order(
      int m,
      int n,
      boolean signsOfV,
      double[] factors,
      double[] d,
      double[] u,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] left,
      int leftOffset,
      double[] right,
      int rightOffset,
      double[] work) {
    for (int lane = half; lane < half + BLOCK; lane++) {
      for (int j = 0; j < n; j++) {
        // Negative, so that the largest comes first.
        d[lane + j * PAIR] = -(d[lane + j * PAIR] * factors[lane] * factors[PAIR + lane]);
      }
      for (int j = 0; j < n; j++) {
        work[lane + j * PAIR] = ScalarBatchSolver.rank(n, d, lane, j);
      }
    }
    ScalarBatchSolver.moveColumns(1, n, work, d, half, values, valuesOffset);
    ScalarBatchSolver.moveColumns(m, n, work, u, half, left, leftOffset);
    ScalarBatchSolver.moveColumns(n, n, work, v, half, right, rightOffset);
    for (int j = 0; j < n; j++) {
      for (int lane = 0; lane < BLOCK; lane++) {
        int value = valuesOffset + lane + j * BLOCK;
        values[value] = Math.abs(values[value]);
        int leftColumn = leftOffset + lane + j * m * BLOCK;
        int rightColumn = rightOffset + lane + j * n * BLOCK;
        double sign = signsOfV ? sign(n, right, rightColumn) : sign(m, left, leftColumn);
        orient(m, sign, left, leftColumn);
        orient(n, sign, right, rightColumn);
      }
    }
  }

  @Override
  public void multiplyDiagonal(
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      double[] d,
      int dOffset,
      double[] b,
      int bOffset,
      double[] c,
      int cOffset) {
    for (int lane = 0; lane < BLOCK; lane++) {
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          double sum = 0;
          for (int l = 0; l < k; l++) {
            double scaled = d[dOffset + lane + l * BLOCK] * b[bOffset + lane + (l * n + j) * BLOCK];
            sum = multiplyAdd(a[aOffset + lane + (l * m + i) * BLOCK], scaled, sum);
          }
          c[cOffset + lane + (j * m + i) * BLOCK] = sum;
        }
      }
    }
  }

  @Override
  public void multiplyDiagonalSymmetric(
      int n, int k, double[] a, int aOffset, double[] d, int dOffset, double[] c, int cOffset) {
    multiplyDiagonal(n, n, k, a, aOffset, d, dOffset, a, aOffset, c, cOffset);
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        int below = cOffset + (j * n + i) * BLOCK;
        System.arraycopy(c, below, c, cOffset + (i * n + j) * BLOCK, BLOCK);
      }
    }
  }
}
