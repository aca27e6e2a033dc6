package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.BatchKernels.PAIR;
import static eigengrad.simd.BatchKernels.columnStride;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Order, signs and scale of the eigenpairs of a group. Lanes put their columns in different orders:
 * each column of the result is chosen lane by lane from all columns, or, where these are many, each
 * lane of each column is brought to its place.
 */
final class BatchArrangement {
  /** Columns to choose from, at most: beyond, all of them do not stay in the nearest cache. */
  private static final int CHOICE = 8;

  private BatchArrangement() {}

  static void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      int half,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] ranks) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      int first = half + lane;
      rank(n, d, first, ranks);
      for (int j = 0; j < n; j++) {
        orient(n, v, first + j * columnStride(n));
      }
      for (int j = 0; j < n; j++) {
        value(n, j, ranks, d, first, factors, values, valuesOffset + lane + j * GROUP);
        if (n <= CHOICE) {
          chooseColumn(n, j, ranks, first, v, vectors, vectorsOffset + lane + j * n * GROUP);
        }
      }
    }
    if (n > CHOICE) {
      ScalarBatchKernels.moveColumns(n, ranks, v, half, vectors, vectorsOffset);
    }
  }

  private static void chooseColumn(
      int n, int rank, double[] ranks, int lane, double[] v, double[] vectors, int to) {
    int i = 0;
    for (; i < n - 3; i += 4) {
      fourComponents(n, rank, ranks, lane, v, lane + i * PAIR, vectors, to + i * GROUP);
    }
    for (; i < n; i++) {
      component(n, rank, ranks, lane, v, lane + i * PAIR, vectors, to + i * GROUP);
    }
  }

  /** How many eigenvalues come before each: the smaller ones, and the equal ones before it. */
  private static void rank(int n, double[] d, int lane, double[] ranks) {
    DoubleVector one = broadcast(SPECIES, 1);
    for (int j = 0; j < n; j++) {
      DoubleVector value = fromArray(SPECIES, d, lane + j * PAIR);
      DoubleVector rank = zero(SPECIES);
      for (int k = 0; k < j; k++) {
        DoubleVector other = fromArray(SPECIES, d, lane + k * PAIR);
        rank = rank.add(zero(SPECIES).blend(one, other.compare(VectorOperators.LE, value)));
      }
      for (int k = j + 1; k < n; k++) {
        DoubleVector other = fromArray(SPECIES, d, lane + k * PAIR);
        rank = rank.add(zero(SPECIES).blend(one, other.compare(VectorOperators.LT, value)));
      }
      rank.intoArray(ranks, lane + j * PAIR);
    }
  }

  /**
   * Makes the first of the largest components positive, and every zero: adding 0 does the latter.
   */
  private static void orient(int n, double[] v, int column) {
    DoubleVector largest = zero(SPECIES);
    DoubleVector signed = zero(SPECIES);
    for (int i = 0; i < n; i++) {
      DoubleVector x = fromArray(SPECIES, v, column + i * PAIR);
      DoubleVector size = x.abs();
      signed = signed.blend(x, size.compare(VectorOperators.GT, largest));
      largest = largest.blend(size, size.compare(VectorOperators.GT, largest));
    }
    DoubleVector sign =
        broadcast(SPECIES, 1)
            .blend(broadcast(SPECIES, -1), signed.compare(VectorOperators.LT, 0.0));
    for (int i = 0; i < n; i++) {
      fromArray(SPECIES, v, column + i * PAIR).mul(sign).add(0.0).intoArray(v, column + i * PAIR);
    }
  }

  private static void value(
      int n,
      int rank,
      double[] ranks,
      double[] d,
      int lane,
      double[] factors,
      double[] values,
      int to) {
    DoubleVector x = fromArray(SPECIES, d, lane);
    for (int k = 1; k < n; k++) {
      DoubleVector other = fromArray(SPECIES, ranks, lane + k * PAIR);
      DoubleVector candidate = fromArray(SPECIES, d, lane + k * PAIR);
      x = x.blend(candidate, other.compare(VectorOperators.EQ, (double) rank));
    }
    x.mul(fromArray(SPECIES, factors, lane))
        .mul(fromArray(SPECIES, factors, lane + PAIR))
        .add(0.0)
        .intoArray(values, to);
  }

  private static void fourComponents(
      int n, int rank, double[] ranks, int lane, double[] v, int from, double[] vectors, int to) {
    DoubleVector w = fromArray(SPECIES, v, from);
    DoubleVector x = fromArray(SPECIES, v, from + PAIR);
    DoubleVector y = fromArray(SPECIES, v, from + 2 * PAIR);
    DoubleVector z = fromArray(SPECIES, v, from + 3 * PAIR);
    for (int k = 1; k < n; k++) {
      DoubleVector other = fromArray(SPECIES, ranks, lane + k * PAIR);
      int column = from + k * columnStride(n);
      DoubleVector wOther = fromArray(SPECIES, v, column);
      DoubleVector xOther = fromArray(SPECIES, v, column + PAIR);
      DoubleVector yOther = fromArray(SPECIES, v, column + 2 * PAIR);
      DoubleVector zOther = fromArray(SPECIES, v, column + 3 * PAIR);
      w = w.blend(wOther, other.compare(VectorOperators.EQ, (double) rank));
      x = x.blend(xOther, other.compare(VectorOperators.EQ, (double) rank));
      y = y.blend(yOther, other.compare(VectorOperators.EQ, (double) rank));
      z = z.blend(zOther, other.compare(VectorOperators.EQ, (double) rank));
    }
    w.intoArray(vectors, to);
    x.intoArray(vectors, to + GROUP);
    y.intoArray(vectors, to + 2 * GROUP);
    z.intoArray(vectors, to + 3 * GROUP);
  }

  private static void component(
      int n, int rank, double[] ranks, int lane, double[] v, int from, double[] vectors, int to) {
    DoubleVector x = fromArray(SPECIES, v, from);
    for (int k = 1; k < n; k++) {
      DoubleVector other = fromArray(SPECIES, ranks, lane + k * PAIR);
      DoubleVector candidate = fromArray(SPECIES, v, from + k * columnStride(n));
      x = x.blend(candidate, other.compare(VectorOperators.EQ, (double) rank));
    }
    x.intoArray(vectors, to);
  }
}
