package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.BY_FOUR;
import static eigengrad.simd.vector.Lanes.BY_TWO;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.Tridiagonal;
import jdk.incubator.vector.DoubleVector;

/**
 * Spectra of tridiagonal matrices: one shift or eigenvalue per lane.
 *
 * <p>The division per pole is what the sums of the secular equation cost; the rest hides behind it.
 */
final class VectorTridiagonal implements Tridiagonal {
  @Override
  public void secularSums(
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
        s = term.add(s);
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

  @Override
  public void laguerreSteps(
      int n,
      double[] d,
      int dOffset,
      double[] negatedSquares,
      int squaresOffset,
      int first,
      int count,
      double[] x,
      long[] below,
      double[] near,
      double[] far,
      double[] work) {
    int end = first + count;
    int at = first;
    for (; at + COUNT < end; at += 2 * COUNT) {
      LaguerreSteps.twoVectors(
          n, d, dOffset, negatedSquares, squaresOffset, at, x, below, near, far, work);
    }
    if (at < end) {
      LaguerreSteps.oneVector(
          n, d, dOffset, negatedSquares, squaresOffset, at, x, below, near, far, work);
    }
    for (at = first; at < end; at += COUNT) {
      LaguerreSteps.step(n, at, near, far, work);
    }
  }

  @Override
  public void twistedVectors(
      int n,
      double[] d,
      int dOffset,
      double[] e,
      int eOffset,
      int first,
      int count,
      double[] x,
      double[] corrections,
      double[] residuals,
      double[] z,
      int zOffset,
      int ldz,
      double[] work) {
    int end = first + count;
    for (int at0 = first; at0 < end; at0 += TwistedVectors.PAIR) {
      int at1 = at0 + COUNT < end ? at0 + COUNT : at0;
      TwistedVectors.factorise(n, d, dOffset, e, eOffset, at0, at1, x, work);
      TwistedVectors.chooseTwists(n, e, eOffset, at0, at1, residuals, work);
      TwistedVectors.substitute(
          n, at0, at1, corrections, residuals, work, z, zOffset + at0 - first, ldz);
    }
  }
}
