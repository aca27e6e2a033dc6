package eigengrad.simd;

import static eigengrad.simd.LaneSwaps.FOURS;
import static eigengrad.simd.LaneSwaps.ONES;
import static eigengrad.simd.LaneSwaps.SWAP_FOURS;
import static eigengrad.simd.LaneSwaps.SWAP_ONES;
import static eigengrad.simd.LaneSwaps.SWAP_TWOS;
import static eigengrad.simd.LaneSwaps.TWOS;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.LONGS;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * max |aᵢⱼ − aⱼᵢ| in square blocks with as many rows as a vector has lanes, of which the one above
 * the diagonal is transposed in registers as by {@link VectorTranspose}. The last blocks overlap
 * those before. Magnitudes compare as their bits do.
 */
final class VectorAsymmetry {
  private VectorAsymmetry() {}

  static double max(int n, double[] a, int aOffset) {
    if (COUNT < 4 || n < COUNT) {
      return ScalarAsymmetry.max(n, a, aOffset);
    }
    double largest = 0;
    for (int j = 0; j < n; j += COUNT) {
      int column = Math.min(j, n - COUNT);
      double inColumns =
          COUNT == 8 ? ofEightColumns(n, a, aOffset, column) : ofFourColumns(n, a, aOffset, column);
      largest = Math.max(largest, inColumns);
    }
    return largest;
  }

  private static double ofEightColumns(int n, double[] a, int aOffset, int column) {
    LongVector largest = LongVector.zero(LONGS);
    for (int i = column; i < n; i += COUNT) {
      int row = Math.min(i, n - COUNT);
      int above = aOffset + column + row * n;
      int below = aOffset + row + column * n;
      DoubleVector a0 = fromArray(SPECIES, a, above);
      DoubleVector a1 = fromArray(SPECIES, a, above + n);
      DoubleVector a2 = fromArray(SPECIES, a, above + 2 * n);
      DoubleVector a3 = fromArray(SPECIES, a, above + 3 * n);
      DoubleVector a4 = fromArray(SPECIES, a, above + 4 * n);
      DoubleVector a5 = fromArray(SPECIES, a, above + 5 * n);
      DoubleVector a6 = fromArray(SPECIES, a, above + 6 * n);
      DoubleVector a7 = fromArray(SPECIES, a, above + 7 * n);
      DoubleVector b0 = a0.blend(a1.rearrange(SWAP_ONES), ONES);
      DoubleVector b1 = a0.rearrange(SWAP_ONES).blend(a1, ONES);
      DoubleVector b2 = a2.blend(a3.rearrange(SWAP_ONES), ONES);
      DoubleVector b3 = a2.rearrange(SWAP_ONES).blend(a3, ONES);
      DoubleVector b4 = a4.blend(a5.rearrange(SWAP_ONES), ONES);
      DoubleVector b5 = a4.rearrange(SWAP_ONES).blend(a5, ONES);
      DoubleVector b6 = a6.blend(a7.rearrange(SWAP_ONES), ONES);
      DoubleVector b7 = a6.rearrange(SWAP_ONES).blend(a7, ONES);
      DoubleVector c0 = b0.blend(b2.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c2 = b0.rearrange(SWAP_TWOS).blend(b2, TWOS);
      DoubleVector c1 = b1.blend(b3.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c3 = b1.rearrange(SWAP_TWOS).blend(b3, TWOS);
      DoubleVector c4 = b4.blend(b6.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c6 = b4.rearrange(SWAP_TWOS).blend(b6, TWOS);
      DoubleVector c5 = b5.blend(b7.rearrange(SWAP_TWOS), TWOS);
      DoubleVector c7 = b5.rearrange(SWAP_TWOS).blend(b7, TWOS);
      DoubleVector d0 = c0.blend(c4.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d4 = c0.rearrange(SWAP_FOURS).blend(c4, FOURS);
      DoubleVector d1 = c1.blend(c5.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d5 = c1.rearrange(SWAP_FOURS).blend(c5, FOURS);
      DoubleVector d2 = c2.blend(c6.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d6 = c2.rearrange(SWAP_FOURS).blend(c6, FOURS);
      DoubleVector d3 = c3.blend(c7.rearrange(SWAP_FOURS), FOURS);
      DoubleVector d7 = c3.rearrange(SWAP_FOURS).blend(c7, FOURS);
      largest =
          largest
              .max(d0.sub(fromArray(SPECIES, a, below)).abs().reinterpretAsLongs())
              .max(d1.sub(fromArray(SPECIES, a, below + n)).abs().reinterpretAsLongs())
              .max(d2.sub(fromArray(SPECIES, a, below + 2 * n)).abs().reinterpretAsLongs())
              .max(d3.sub(fromArray(SPECIES, a, below + 3 * n)).abs().reinterpretAsLongs())
              .max(d4.sub(fromArray(SPECIES, a, below + 4 * n)).abs().reinterpretAsLongs())
              .max(d5.sub(fromArray(SPECIES, a, below + 5 * n)).abs().reinterpretAsLongs())
              .max(d6.sub(fromArray(SPECIES, a, below + 6 * n)).abs().reinterpretAsLongs())
              .max(d7.sub(fromArray(SPECIES, a, below + 7 * n)).abs().reinterpretAsLongs());
    }
    return Double.longBitsToDouble(largest.reduceLanes(VectorOperators.MAX));
  }

  private static double ofFourColumns(int n, double[] a, int aOffset, int column) {
    LongVector largest = LongVector.zero(LONGS);
    for (int i = column; i < n; i += COUNT) {
      int row = Math.min(i, n - COUNT);
      int above = aOffset + column + row * n;
      int below = aOffset + row + column * n;
      DoubleVector a0 = fromArray(SPECIES, a, above);
      DoubleVector a1 = fromArray(SPECIES, a, above + n);
      DoubleVector a2 = fromArray(SPECIES, a, above + 2 * n);
      DoubleVector a3 = fromArray(SPECIES, a, above + 3 * n);
      DoubleVector b0 = a0.blend(a1.rearrange(SWAP_ONES), ONES);
      DoubleVector b1 = a0.rearrange(SWAP_ONES).blend(a1, ONES);
      DoubleVector b2 = a2.blend(a3.rearrange(SWAP_ONES), ONES);
      DoubleVector b3 = a2.rearrange(SWAP_ONES).blend(a3, ONES);
      DoubleVector d0 = b0.blend(b2.rearrange(SWAP_TWOS), TWOS);
      DoubleVector d2 = b0.rearrange(SWAP_TWOS).blend(b2, TWOS);
      DoubleVector d1 = b1.blend(b3.rearrange(SWAP_TWOS), TWOS);
      DoubleVector d3 = b1.rearrange(SWAP_TWOS).blend(b3, TWOS);
      largest =
          largest
              .max(d0.sub(fromArray(SPECIES, a, below)).abs().reinterpretAsLongs())
              .max(d1.sub(fromArray(SPECIES, a, below + n)).abs().reinterpretAsLongs())
              .max(d2.sub(fromArray(SPECIES, a, below + 2 * n)).abs().reinterpretAsLongs())
              .max(d3.sub(fromArray(SPECIES, a, below + 3 * n)).abs().reinterpretAsLongs());
    }
    return zero(SPECIES).max(largest.reinterpretAsDoubles()).reduceLanes(VectorOperators.MAX);
  }
}
