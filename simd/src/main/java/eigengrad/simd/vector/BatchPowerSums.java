package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.BLOCK;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Finite geometric series of the ratios of eigenvalues. The only divisions are 1/|λ|, n per matrix,
 * kept on the diagonal; of a pair the smaller one belongs to the larger |λ|.
 */
final class BatchPowerSums {
  private BatchPowerSums() {}

  /** For the matrices of one vector. */
  static void sum(int n, int terms, double[] values, int first, double[] weights, int lane) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(terms);
    for (int j = 0; j < n; j++) {
      broadcast(SPECIES, 1)
          .div(fromArray(SPECIES, values, first + j * BLOCK).abs())
          .intoArray(weights, lane + j * (n + 1) * BLOCK);
    }
    for (int j = 0; j < n; j++) {
      for (int i = j + 1; i < n; i++) {
        pair(n, i, j, terms, bits, values, first, weights, lane);
      }
    }
  }

  private static void pair(
      int n,
      int i,
      int j,
      int terms,
      int bits,
      double[] values,
      int first,
      double[] weights,
      int lane) {
    DoubleVector x = fromArray(SPECIES, values, first + i * BLOCK);
    DoubleVector y = fromArray(SPECIES, values, first + j * BLOCK);
    DoubleVector inverse =
        fromArray(SPECIES, weights, lane + i * (n + 1) * BLOCK)
            .min(fromArray(SPECIES, weights, lane + j * (n + 1) * BLOCK));
    DoubleVector power = x.mul(inverse).mul(y.mul(inverse));
    // 1 + q: from q itself it would cancel where the values are nearly opposite.
    DoubleVector factor = x.add(y).abs().mul(inverse);
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector sum = broadcast(SPECIES, terms & 1);
    factor = factor.mul((terms & 1) == 1 ? power : one);
    power = power.mul(power);
    for (int bit = 1; bit < bits; bit++) {
      // Not a branch, behind which C2 would box.
      VectorMask<Double> left =
          broadcast(SPECIES, terms >> bit & 1).compare(VectorOperators.EQ, 0.0);
      sum = factor.add(sum).blend(sum, left);
      factor = power.mul(factor).blend(factor, left);
      factor = power.fma(factor, factor);
      power = one.mul(power).mul(power);
    }
    sum.mul(inverse)
        .blend(zero(SPECIES), x.compare(VectorOperators.EQ, y))
        .intoArray(weights, lane + (j * n + i) * BLOCK);
  }
}
