package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Order, signs and scale of the eigenpairs of a group. */
final class BatchArrangement {
  private BatchArrangement() {}

  static void arrange(
      int n,
      double[] factors,
      double[] d,
      double[] v,
      double[] values,
      int valuesOffset,
      double[] vectors,
      int vectorsOffset,
      double[] ranks) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      rank(n, d, lane, ranks);
      scale(n, factors, d, lane);
      for (int j = 0; j < n; j++) {
        orient(n, v, lane + j * n * GROUP);
      }
    }
    BatchOrder.scatter(n, ranks, d, values, valuesOffset, v, vectors, vectorsOffset);
  }

  /** How many eigenvalues come before each: the smaller ones, and the equal ones before it. */
  private static void rank(int n, double[] d, int lane, double[] ranks) {
    DoubleVector one = broadcast(SPECIES, 1);
    for (int j = 0; j < n; j++) {
      DoubleVector value = fromArray(SPECIES, d, lane + j * GROUP);
      DoubleVector rank = zero(SPECIES);
      for (int k = 0; k < j; k++) {
        VectorMask<Double> before =
            fromArray(SPECIES, d, lane + k * GROUP).compare(VectorOperators.LE, value);
        rank = rank.add(zero(SPECIES).blend(one, before));
      }
      for (int k = j + 1; k < n; k++) {
        VectorMask<Double> before =
            fromArray(SPECIES, d, lane + k * GROUP).compare(VectorOperators.LT, value);
        rank = rank.add(zero(SPECIES).blend(one, before));
      }
      rank.intoArray(ranks, lane + j * GROUP);
    }
  }

  /** Adding 0 makes −0 to 0. */
  private static void scale(int n, double[] factors, double[] d, int lane) {
    DoubleVector first = fromArray(SPECIES, factors, lane);
    DoubleVector second = fromArray(SPECIES, factors, lane + GROUP);
    for (int j = 0; j < n; j++) {
      int at = lane + j * GROUP;
      fromArray(SPECIES, d, at).mul(first).mul(second).add(0).intoArray(d, at);
    }
  }

  /** Makes the first of the largest components positive, and every zero. */
  private static void orient(int n, double[] v, int column) {
    DoubleVector largest = zero(SPECIES);
    DoubleVector signed = zero(SPECIES);
    for (int i = column; i < column + n * GROUP; i += GROUP) {
      DoubleVector x = fromArray(SPECIES, v, i);
      DoubleVector size = x.abs();
      VectorMask<Double> larger = size.compare(VectorOperators.GT, largest);
      largest = largest.blend(size, larger);
      signed = signed.blend(x, larger);
    }
    DoubleVector sign =
        broadcast(SPECIES, 1)
            .blend(broadcast(SPECIES, -1), signed.compare(VectorOperators.LT, 0));
    for (int i = column; i < column + n * GROUP; i += GROUP) {
      fromArray(SPECIES, v, i).mul(sign).add(0).intoArray(v, i);
    }
  }
}
