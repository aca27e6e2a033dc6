package eigengrad.simd;

import static eigengrad.simd.Lanes.BY_FOUR;
import static eigengrad.simd.Lanes.BY_TWO;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/** The sums of the secular equation: one division a pole is the cost, the rest hides behind it. */
final class SecularSums {
  private SecularSums() {}

  static void sum(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    int whole = SPECIES.loopBound(n);
    double sum = 0;
    double slope = 0;
    if (whole > 0) {
      DoubleVector shift = broadcast(SPECIES, tau);
      DoubleVector one = broadcast(SPECIES, 1);
      DoubleVector s = zero(SPECIES);
      DoubleVector t = zero(SPECIES);
      for (int i = 0; i < whole; i += COUNT) {
        DoubleVector inverse = one.div(fromArray(SPECIES, gaps, gapOffset + i).sub(shift));
        DoubleVector term = fromArray(SPECIES, weights, weightOffset + i).mul(inverse);
        s = s.add(term);
        t = term.fma(inverse, t);
      }
      if (COUNT >= 8) {
        s = s.add(s.rearrange(BY_FOUR));
      }
      if (COUNT >= 4) {
        s = s.add(s.rearrange(BY_TWO));
      }
      if (COUNT >= 8) {
        t = t.add(t.rearrange(BY_FOUR));
      }
      if (COUNT >= 4) {
        t = t.add(t.rearrange(BY_TWO));
      }
      sum = s.lane(0) + s.lane(1);
      slope = t.lane(0) + t.lane(1);
    }
    for (int i = whole; i < n; i++) {
      double inverse = 1 / (gaps[gapOffset + i] - tau);
      double term = weights[weightOffset + i] * inverse;
      sum += term;
      slope += term * inverse;
    }
    sums[0] = sum;
    sums[1] = slope;
  }
}
