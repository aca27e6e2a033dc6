package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.LONGS;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.BatchSvd;
import eigengrad.simd.DoubleFormat;
import eigengrad.simd.Transpose;
import eigengrad.simd.scalar.ScalarBatchSolver;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** As many matrices at a time as a vector has lanes. */
final class VectorBatchSvd implements BatchSvd {
  /** Magnitudes are compared as integers: there NaN is the largest. */
  @Override
  public void inspect(int size, double[] a, int aOffset, double[] largest, int offset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      largest(size, a, aOffset + lane, largest, offset + lane);
    }
  }

  private static void largest(int size, double[] a, int from, double[] largest, int to) {
    LongVector magnitude = LongVector.broadcast(LONGS, DoubleFormat.MAGNITUDE);
    LongVector most = LongVector.zero(LONGS);
    for (int i = 0; i < size; i++) {
      most = magnitude.and(fromArray(SPECIES, a, from + i * BLOCK).reinterpretAsLongs()).max(most);
    }
    ((DoubleVector) most.reinterpretShape(SPECIES, 0)).intoArray(largest, to);
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
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      DoubleVector first = fromArray(SPECIES, factors, half + lane);
      DoubleVector second = fromArray(SPECIES, factors, PAIR + half + lane);
      for (int j = 0; j < n; j++) {
        int from = aOffset + lane + j * across;
        int to = half + lane + j * columnStride(m);
        for (int i = 0; i < m; i++) {
          fromArray(SPECIES, a, from + i * down)
              .mul(first)
              .mul(second)
              .blend(zero(SPECIES), first.compare(VectorOperators.EQ, 0.0))
              .intoArray(b, to + i * PAIR);
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
    BatchOrthogonalization.solve(m, n, lanes, vectors, maxSweeps, a, v, failed);
  }

  @Override
  public void lengths(
      int m, int n, double[] factors, double[] w, int half, double[] values, int valuesOffset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      DoubleVector first = fromArray(SPECIES, factors, half + lane);
      DoubleVector second = fromArray(SPECIES, factors, PAIR + half + lane);
      for (int j = 0; j < n; j++) {
        // Summed as where columns are put in order, so that lengths descend.
        int column = half + lane + j * columnStride(m);
        int end = column + m * PAIR;
        DoubleVector x = fromArray(SPECIES, w, column);
        DoubleVector square = x.mul(x);
        DoubleVector square2 = zero(SPECIES);
        int i = column + PAIR;
        for (; i < end - PAIR; i += 2 * PAIR) {
          x = fromArray(SPECIES, w, i);
          square = x.fma(x, square);
          x = fromArray(SPECIES, w, i + PAIR);
          square2 = x.fma(x, square2);
        }
        for (; i < end; i += PAIR) {
          x = fromArray(SPECIES, w, i);
          square = x.fma(x, square);
        }
        square
            .add(square2)
            .sqrt()
            .mul(first)
            .mul(second)
            .intoArray(values, valuesOffset + lane + j * BLOCK);
      }
    }
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
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        int wColumn = half + lane + j * columnStride(m);
        int vColumn = half + lane + j * columnStride(n);
        int to = unitOffset + lane + j * m * BLOCK;
        int otherTo = otherOffset + lane + j * n * BLOCK;
        normalize(m, w, wColumn, unit, to);
        copy(n, v, vColumn, other, otherTo);
        if (signsOfV) {
          orient(n, other, otherTo, m, unit, to);
        } else {
          orient(m, unit, to, n, other, otherTo);
        }
      }
    }
  }

  /** A zero column stays one. */
  private static void normalize(int m, double[] w, int from, double[] unit, int to) {
    DoubleVector square = zero(SPECIES);
    for (int i = 0; i < m; i++) {
      DoubleVector x = fromArray(SPECIES, w, from + i * PAIR);
      square = x.fma(x, square);
    }
    DoubleVector factor =
        broadcast(SPECIES, 1)
            .div(square.sqrt())
            .blend(zero(SPECIES), square.compare(VectorOperators.EQ, 0.0));
    for (int i = 0; i < m; i++) {
      fromArray(SPECIES, w, from + i * PAIR).mul(factor).intoArray(unit, to + i * BLOCK);
    }
  }

  private static void copy(int n, double[] v, int from, double[] other, int to) {
    for (int i = 0; i < n; i++) {
      fromArray(SPECIES, v, from + i * PAIR).intoArray(other, to + i * BLOCK);
    }
  }

  /** Makes the first of the largest components of x positive, turning y with it. */
  private static void orient(int m, double[] x, int xColumn, int n, double[] y, int yColumn) {
    DoubleVector largest = zero(SPECIES);
    DoubleVector signed = zero(SPECIES);
    for (int i = xColumn; i < xColumn + m * BLOCK; i += BLOCK) {
      DoubleVector component = fromArray(SPECIES, x, i);
      DoubleVector size = component.abs();
      signed = component.blend(signed, size.compare(VectorOperators.LE, largest));
      largest = size.max(largest);
    }
    DoubleVector sign =
        broadcast(SPECIES, 1)
            .blend(broadcast(SPECIES, -1), zero(SPECIES).compare(VectorOperators.GT, signed));
    for (int i = xColumn; i < xColumn + m * BLOCK; i += BLOCK) {
      fromArray(SPECIES, x, i).mul(sign).add(0.0).intoArray(x, i);
    }
    for (int i = yColumn; i < yColumn + n * BLOCK; i += BLOCK) {
      fromArray(SPECIES, y, i).mul(sign).add(0.0).intoArray(y, i);
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
    for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
      BatchBidiagonalization.solve(m, n, lane, vectors, a, d, e, v, work);
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
    for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
      BatchBidiagonalQr.solve(m, n, lane, lanes, maxSweeps, vectors, d, e, u, v, work, failed);
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
    for (int lane = half; lane < half + BLOCK; lane += COUNT) {
      BatchArrangement.unscale(n, factors, d, lane);
      // Negative, so that the largest comes first.
      for (int at = lane; at < lane + n * PAIR; at += PAIR) {
        fromArray(SPECIES, d, at).neg().intoArray(d, at);
      }
      if (n <= BatchArrangement.FEW) {
        BatchArrangement.sort(n, d, m, u, v, lane);
        int to = lane - half;
        for (int j = 0; j < n; j++) {
          copy(1, d, lane + j * PAIR, values, valuesOffset + to + j * BLOCK);
          copy(m, u, lane + j * columnStride(m), left, leftOffset + to + j * m * BLOCK);
          copy(n, v, lane + j * columnStride(n), right, rightOffset + to + j * n * BLOCK);
        }
      } else {
        BatchArrangement.rank(n, d, lane, work);
      }
    }
    if (n > BatchArrangement.FEW) {
      ScalarBatchSolver.moveColumns(1, n, work, d, half, values, valuesOffset);
      ScalarBatchSolver.moveColumns(m, n, work, u, half, left, leftOffset);
      ScalarBatchSolver.moveColumns(n, n, work, v, half, right, rightOffset);
    }
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      for (int j = 0; j < n; j++) {
        int value = valuesOffset + lane + j * BLOCK;
        fromArray(SPECIES, values, value).abs().intoArray(values, value);
        int leftColumn = leftOffset + lane + j * m * BLOCK;
        int rightColumn = rightOffset + lane + j * n * BLOCK;
        if (signsOfV) {
          orient(n, right, rightColumn, m, left, leftColumn);
        } else {
          orient(m, left, leftColumn, n, right, rightColumn);
        }
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
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      BatchDiagonalTiles.multiply(
          false,
          m,
          n,
          k,
          a,
          aOffset + lane,
          d,
          dOffset + lane,
          b,
          bOffset + lane,
          c,
          cOffset + lane);
    }
  }

  @Override
  public void multiplyDiagonalSymmetric(
      int n, int k, double[] a, int aOffset, double[] d, int dOffset, double[] c, int cOffset) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      int aFirst = aOffset + lane;
      BatchDiagonalTiles.multiply(
          true, n, n, k, a, aFirst, d, dOffset + lane, a, aFirst, c, cOffset + lane);
      BatchTiles.mirror(n, c, cOffset + lane);
    }
  }
}
