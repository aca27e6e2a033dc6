package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static eigengrad.simd.Lanes.broadcast;
import static eigengrad.simd.Lanes.load;
import static eigengrad.simd.Lanes.zero;

import jdk.incubator.vector.DoubleVector;

/** The sums of the secular equation: one division a pole is the cost, the rest hides behind it. */
final class SecularSums {
  private static final DoubleVector FIRST_INDICES = zero().addIndex(1);

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
    double moment = 0;
    if (whole > 0) {
      DoubleVector shift = broadcast(tau);
      DoubleVector one = broadcast(1);
      DoubleVector step = broadcast(COUNT);
      DoubleVector index = FIRST_INDICES;
      DoubleVector s = zero();
      DoubleVector t = zero();
      DoubleVector m = zero();
      for (int i = 0; i < whole; i += COUNT) {
        DoubleVector inverse = one.div(load(gaps, gapOffset + i).sub(shift));
        DoubleVector term = load(weights, weightOffset + i).mul(inverse);
        s = s.add(term);
        t = term.fma(inverse, t);
        m = term.fma(index, m);
        index = index.add(step);
      }
      sum = Lanes.sum(s);
      slope = Lanes.sum(t);
      moment = Lanes.sum(m);
    }
    for (int i = whole; i < n; i++) {
      double inverse = 1 / (gaps[gapOffset + i] - tau);
      double term = weights[weightOffset + i] * inverse;
      sum += term;
      slope += term * inverse;
      moment += i * term;
    }
    sums[0] = sum;
    sums[1] = slope;
    sums[2] = moment;
  }
}
