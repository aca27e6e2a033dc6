package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
import static eigengrad.simd.BatchKernels.PAIR;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.LONGS;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** How large and how asymmetric the matrices of a group are, and a scaled copy of them. */
final class BatchScaling {
  private static final long MAGNITUDE = Long.MAX_VALUE;

  private BatchScaling() {}

  /** Magnitudes are compared as integers: there NaN is the largest. */
  static void inspect(
      int n,
      boolean lowerOnly,
      double[] a,
      int aOffset,
      double[] largest,
      double[] asymmetry,
      int offset) {
    int down = GROUP;
    int across = lowerOnly ? GROUP : n * GROUP;
    LongVector magnitude = LongVector.broadcast(LONGS, MAGNITUDE);
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      LongVector size = LongVector.zero(LONGS);
      LongVector difference = LongVector.zero(LONGS);
      for (int j = 0; j < n; j++) {
        int diagonal = aOffset + lane + j * (n + 1) * GROUP;
        size = size.max(magnitude.and(fromArray(SPECIES, a, diagonal).reinterpretAsLongs()));
        for (int k = 1; k < n - j; k++) {
          DoubleVector below = fromArray(SPECIES, a, diagonal + k * down);
          DoubleVector right = fromArray(SPECIES, a, diagonal + k * across);
          size = size.max(magnitude.and(below.reinterpretAsLongs()));
          size = size.max(magnitude.and(right.reinterpretAsLongs()));
          difference = difference.max(magnitude.and(below.sub(right).reinterpretAsLongs()));
        }
      }
      size.reinterpretAsDoubles().intoArray(largest, offset + lane);
      difference.reinterpretAsDoubles().intoArray(asymmetry, offset + lane);
    }
  }

  /** Less 1, the bits of zero are those of the largest magnitude. */
  static void smallest(int n, double[] a, int aOffset, double[] smallest, int offset) {
    LongVector magnitude = LongVector.broadcast(LONGS, MAGNITUDE);
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      LongVector least = magnitude;
      for (int j = 0; j < n; j++) {
        int column = aOffset + lane + j * n * GROUP;
        for (int i = j; i < n; i++) {
          LongVector size =
              magnitude.and(fromArray(SPECIES, a, column + i * GROUP).reinterpretAsLongs());
          least = least.min(magnitude.and(size.sub(1)));
        }
      }
      least.add(1).reinterpretAsDoubles().abs().intoArray(smallest, offset + lane);
    }
  }

  static void scaleInto(int n, double[] factors, double[] a, int aOffset, double[] b, int half) {
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      DoubleVector first = fromArray(SPECIES, factors, half + lane);
      DoubleVector second = fromArray(SPECIES, factors, PAIR + half + lane);
      for (int j = 0; j < n; j++) {
        int from = aOffset + lane + j * n * GROUP;
        int to = half + lane + j * BatchKernels.columnStride(n);
        for (int i = j; i < n; i++) {
          fromArray(SPECIES, a, from + i * GROUP)
              .mul(first)
              .mul(second)
              .blend(zero(SPECIES), first.compare(VectorOperators.EQ, 0.0))
              .intoArray(b, to + i * PAIR);
        }
      }
    }
  }
}
