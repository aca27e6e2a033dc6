package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Order, signs and scale of the eigenpairs of a lane block. Lanes put their columns in different
 * orders: few columns are sorted by exchanges, lane by lane; of many, each lane of each column is
 * brought to its place.
 */
final class BatchArrangement {
  /** Columns to exchange, at most: it takes n² / 2 exchanges. */
  static final int FEW = 8;

  private BatchArrangement() {}

  static void unscale(int n, double[] factors, double[] d, int lane) {
    DoubleVector factor = fromArray(SPECIES, factors, lane);
    DoubleVector second = fromArray(SPECIES, factors, lane + PAIR);
    for (int j = 0; j < n; j++) {
      DoubleVector value = fromArray(SPECIES, d, lane + j * PAIR);
      value.mul(factor).mul(second).add(0.0).intoArray(d, lane + j * PAIR);
    }
  }

  /**
   * By exchanges of neighbours that are in the wrong order, so that equal ones stay as they come.
   */
  static void sort(int n, double[] d, int m, double[] v, int lane) {
    for (int top = n - 1; top > 0; top--) {
      columnUp(top, m, d, v, lane);
      largestUp(top, PAIR, d, d, lane, lane);
    }
  }

  /** The same for values that have two columns each. */
  static void sort(int n, double[] d, int m, double[] u, double[] v, int lane) {
    for (int top = n - 1; top > 0; top--) {
      columnUp(top, m, d, u, lane);
      columnUp(top, n, d, v, lane);
      largestUp(top, PAIR, d, d, lane, lane);
    }
  }

  /** Brings the column of the largest value to the top. */
  private static void columnUp(int top, int m, double[] d, double[] v, int lane) {
    int i = 0;
    for (; i < m - 3; i += 4) {
      fourComponentsUp(top, columnStride(m), d, v, lane, lane + i * PAIR);
    }
    for (; i < m; i++) {
      largestUp(top, columnStride(m), d, v, lane, lane + i * PAIR);
    }
  }

  /** Brings one component of the column of the largest value to the top. */
  private static void largestUp(
      int top, int stride, double[] d, double[] v, int lane, int component) {
    DoubleVector largest = fromArray(SPECIES, d, lane);
    DoubleVector x = fromArray(SPECIES, v, component);
    int at = component;
    for (int j = 1; j <= top; j++) {
      DoubleVector value = fromArray(SPECIES, d, lane + j * PAIR);
      DoubleVector other = fromArray(SPECIES, v, at + stride);
      x.blend(other, value.compare(VectorOperators.LT, largest)).intoArray(v, at);
      x = other.blend(x, value.compare(VectorOperators.LT, largest));
      largest = value.blend(largest, value.compare(VectorOperators.LT, largest));
      at += stride;
    }
    x.intoArray(v, at);
  }

  /** The same for four components. */
  private static void fourComponentsUp(
      int top, int stride, double[] d, double[] v, int lane, int component) {
    DoubleVector largest = fromArray(SPECIES, d, lane);
    DoubleVector w = fromArray(SPECIES, v, component);
    DoubleVector x = fromArray(SPECIES, v, component + PAIR);
    DoubleVector y = fromArray(SPECIES, v, component + 2 * PAIR);
    DoubleVector z = fromArray(SPECIES, v, component + 3 * PAIR);
    int at = component;
    for (int j = 1; j <= top; j++) {
      DoubleVector value = fromArray(SPECIES, d, lane + j * PAIR);
      DoubleVector wOther = fromArray(SPECIES, v, at + stride);
      DoubleVector xOther = fromArray(SPECIES, v, at + stride + PAIR);
      DoubleVector yOther = fromArray(SPECIES, v, at + stride + 2 * PAIR);
      DoubleVector zOther = fromArray(SPECIES, v, at + stride + 3 * PAIR);
      w.blend(wOther, value.compare(VectorOperators.LT, largest)).intoArray(v, at);
      x.blend(xOther, value.compare(VectorOperators.LT, largest)).intoArray(v, at + PAIR);
      y.blend(yOther, value.compare(VectorOperators.LT, largest)).intoArray(v, at + 2 * PAIR);
      z.blend(zOther, value.compare(VectorOperators.LT, largest)).intoArray(v, at + 3 * PAIR);
      w = wOther.blend(w, value.compare(VectorOperators.LT, largest));
      x = xOther.blend(x, value.compare(VectorOperators.LT, largest));
      y = yOther.blend(y, value.compare(VectorOperators.LT, largest));
      z = zOther.blend(z, value.compare(VectorOperators.LT, largest));
      largest = value.blend(largest, value.compare(VectorOperators.LT, largest));
      at += stride;
    }
    w.intoArray(v, at);
    x.intoArray(v, at + PAIR);
    y.intoArray(v, at + 2 * PAIR);
    z.intoArray(v, at + 3 * PAIR);
  }

  /** How many values come before each: the smaller ones, and the equal ones before it. */
  static void rank(int n, double[] d, int lane, double[] ranks) {
    DoubleVector one = broadcast(SPECIES, 1);
    for (int j = 0; j < n; j++) {
      DoubleVector value = fromArray(SPECIES, d, lane + j * PAIR);
      DoubleVector rank = zero(SPECIES);
      for (int k = 0; k < j; k++) {
        DoubleVector other = fromArray(SPECIES, d, lane + k * PAIR);
        rank = zero(SPECIES).blend(one, other.compare(VectorOperators.LE, value)).add(rank);
      }
      for (int k = j + 1; k < n; k++) {
        DoubleVector other = fromArray(SPECIES, d, lane + k * PAIR);
        rank = zero(SPECIES).blend(one, other.compare(VectorOperators.LT, value)).add(rank);
      }
      rank.intoArray(ranks, lane + j * PAIR);
    }
  }

  /**
   * Makes the first of the largest components positive, and every zero: adding 0 does the latter.
   */
  static void orient(int n, double[] v, int column, double[] target, int to, int stride) {
    DoubleVector largest = zero(SPECIES);
    DoubleVector signed = zero(SPECIES);
    for (int i = 0; i < n; i++) {
      DoubleVector x = fromArray(SPECIES, v, column + i * PAIR);
      DoubleVector size = x.abs();
      signed = x.blend(signed, size.compare(VectorOperators.LE, largest));
      largest = size.max(largest);
    }
    DoubleVector sign =
        broadcast(SPECIES, 1)
            .blend(broadcast(SPECIES, -1), zero(SPECIES).compare(VectorOperators.GT, signed));
    for (int i = 0; i < n; i++) {
      DoubleVector x = fromArray(SPECIES, v, column + i * PAIR);
      x.mul(sign).add(0.0).intoArray(target, to + i * stride);
    }
  }
}
