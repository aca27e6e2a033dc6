package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.LONGS;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.BatchSolver;
import eigengrad.simd.DoubleFormat;
import eigengrad.simd.LaneBlock;
import eigengrad.simd.scalar.ScalarBatchSolver;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** As many matrices at a time as a vector has lanes, or two vectors of them. */
final class VectorBatchSolver implements BatchSolver {
  /** Magnitudes are compared as integers: there NaN is the largest. */
  @Override
  public void inspect(
      int n,
      boolean lowerOnly,
      double[] a,
      int aOffset,
      double[] largest,
      double[] asymmetry,
      int offset) {
    int across = lowerOnly ? BLOCK : n * BLOCK;
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      inspect(n, across, a, aOffset + lane, largest, asymmetry, offset + lane);
    }
  }

  private static void inspect(
      int n, int across, double[] a, int from, double[] largest, double[] asymmetry, int to) {
    LongVector magnitude = LongVector.broadcast(LONGS, DoubleFormat.MAGNITUDE);
    LongVector size = LongVector.zero(LONGS);
    LongVector difference = LongVector.zero(LONGS);
    for (int j = 0; j < n; j++) {
      int diagonal = from + j * (n + 1) * BLOCK;
      size = magnitude.and(fromArray(SPECIES, a, diagonal).reinterpretAsLongs()).max(size);
      for (int k = 1; k < n - j; k++) {
        DoubleVector below = fromArray(SPECIES, a, diagonal + k * BLOCK);
        DoubleVector right = fromArray(SPECIES, a, diagonal + k * across);
        size = magnitude.and(below.reinterpretAsLongs()).max(size);
        size = magnitude.and(right.reinterpretAsLongs()).max(size);
        difference = magnitude.and(below.sub(right).reinterpretAsLongs()).max(difference);
      }
    }
    ((DoubleVector) size.reinterpretShape(SPECIES, 0)).intoArray(largest, to);
    ((DoubleVector) difference.reinterpretShape(SPECIES, 0)).intoArray(asymmetry, to);
  }

  @Override
  public void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int half) {
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      DoubleVector first = fromArray(SPECIES, factors, half + lane);
      DoubleVector second = fromArray(SPECIES, factors, PAIR + half + lane);
      for (int j = 0; j < n; j++) {
        int from = aOffset + lane + j * n * BLOCK;
        int to = half + lane + j * LaneBlock.columnStride(n);
        for (int i = j; i < n; i++) {
          fromArray(SPECIES, a, from + i * BLOCK)
              .mul(first)
              .mul(second)
              .blend(zero(SPECIES), first.compare(VectorOperators.EQ, 0.0))
              .intoArray(b, to + i * PAIR);
        }
      }
    }
  }

  @Override
  public void jacobi(
      int n, int lanes, int maxSweeps, double[] a, double[] d, double[] v, double[] failed) {
    for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
      BatchJacobi.solve(n, lane, lanes, maxSweeps, a, d, v, failed);
    }
  }

  @Override
  public void tridiagonalize(
      int n, int lanes, boolean vectors, double[] a, double[] d, double[] e, double[] work) {
    for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
      BatchHouseholder.tridiagonalize(n, lane, a, d, e, work);
      if (vectors) {
        BatchHouseholder.formQ(n, lane, a);
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
    for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
      BatchQr.solve(n, lane, lanes, maxSweeps, vectors, d, e, q, work, failed);
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
    for (int lane = 0; lane < BLOCK; lane += COUNT) {
      int first = half + lane;
      BatchArrangement.unscale(n, factors, d, first);
      if (n <= BatchArrangement.FEW) {
        BatchArrangement.sort(n, d, n, v, first);
        for (int j = 0; j < n; j++) {
          fromArray(SPECIES, d, first + j * PAIR)
              .intoArray(values, valuesOffset + lane + j * BLOCK);
          int to = vectorsOffset + lane + j * n * BLOCK;
          BatchArrangement.orient(n, v, first + j * columnStride(n), vectors, to, BLOCK);
        }
      } else {
        BatchArrangement.rank(n, d, first, work);
        for (int j = 0; j < n; j++) {
          int column = first + j * columnStride(n);
          BatchArrangement.orient(n, v, column, v, column, PAIR);
        }
      }
    }
    if (n > BatchArrangement.FEW) {
      ScalarBatchSolver.moveColumns(1, n, work, d, half, values, valuesOffset);
      ScalarBatchSolver.moveColumns(n, n, work, v, half, vectors, vectorsOffset);
    }
  }
}
