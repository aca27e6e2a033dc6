package eigengrad.simd;

import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.LONGS;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sturm counts and Laguerre steps at one shift a lane.
 *
 * <p>The characteristic polynomials of the leading blocks follow a three-term recurrence without a
 * division; both derivatives run beside it. Every few rows the lanes are scaled back to 1 by a
 * power of two, each by its own.
 */
final class LaguerreSteps {
  private static final long SIGN = Long.MIN_VALUE;
  private static final long EXPONENT = 0x7FF0_0000_0000_0000L;

  /** Minus this, in the exponent's place, the reciprocal of a power of two. */
  private static final long TWICE_BIAS = 0x7FE0_0000_0000_0000L;

  private LaguerreSteps() {}

  static void steps(
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
      double[] far) {
    int end = first + count;
    DoubleVector degree = broadcast(SPECIES, n);
    DoubleVector degreeLessOne = broadcast(SPECIES, n - 1);
    LongVector sign = LongVector.broadcast(LONGS, SIGN);
    LongVector exponent = LongVector.broadcast(LONGS, EXPONENT);
    LongVector twiceBias = LongVector.broadcast(LONGS, TWICE_BIAS);
    for (int at = first; at < end; at += COUNT) {
      DoubleVector shift = fromArray(SPECIES, x, at);
      // p, its derivative and half its second derivative with respect to −x, for this row and the
      // one before.
      DoubleVector p = broadcast(SPECIES, d[dOffset]).sub(shift);
      DoubleVector slope = broadcast(SPECIES, 1);
      DoubleVector bend = zero(SPECIES);
      DoubleVector pBefore = broadcast(SPECIES, 1);
      DoubleVector slopeBefore = zero(SPECIES);
      DoubleVector bendBefore = zero(SPECIES);
      LongVector changes = sign.and(p.reinterpretAsLongs()).lanewise(VectorOperators.LSHR, 63);
      int row = 1;
      // Scaling is reached in every call, whatever n: C2 boxes at call sites it takes for rare.
      do {
        int stop = Math.min(row + ScalarKernels.STURM_ROWS, n);
        for (; row < stop; row++) {
          DoubleVector e = broadcast(SPECIES, negatedSquares[squaresOffset + row - 1]);
          DoubleVector a = broadcast(SPECIES, d[dOffset + row]).sub(shift);
          DoubleVector bendNext = a.fma(bend, e.fma(bendBefore, slope));
          DoubleVector slopeNext = a.fma(slope, e.fma(slopeBefore, p));
          DoubleVector pNext = a.fma(p, e.mul(pBefore));
          bendBefore = bend;
          bend = bendNext;
          slopeBefore = slope;
          slope = slopeNext;
          pBefore = p;
          p = pNext;
          changes =
              changes.add(
                  sign.and(p.reinterpretAsLongs())
                      .lanewise(VectorOperators.XOR, pBefore.reinterpretAsLongs())
                      .lanewise(VectorOperators.LSHR, 63));
        }
        LongVector larger =
            exponent.and(p.reinterpretAsLongs()).max(exponent.and(pBefore.reinterpretAsLongs()));
        DoubleVector scale = twiceBias.sub(larger).reinterpretAsDoubles();
        p = p.mul(scale);
        slope = slope.mul(scale);
        bend = bend.mul(scale);
        pBefore = pBefore.mul(scale);
        slopeBefore = slopeBefore.mul(scale);
        bendBefore = bendBefore.mul(scale);
      } while (row < n);
      changes.intoArray(below, at);
      DoubleVector twiceCurvature = p.mul(bend).mul(degree.add(degree));
      DoubleVector discriminant =
          slope.mul(slope).mul(degreeLessOne).sub(twiceCurvature).mul(degreeLessOne);
      DoubleVector root = discriminant.max(zero(SPECIES)).sqrt();
      // Newton's direction, without cancellation; then the other, if there is a root.
      DoubleVector signedRoot =
          sign.and(slope.reinterpretAsLongs()).or(root.reinterpretAsLongs()).reinterpretAsDoubles();
      DoubleVector step = p.mul(degree).div(slope.add(signedRoot));
      DoubleVector steepness = slope.abs();
      DoubleVector ratio = root.add(steepness).div(root.sub(steepness).max(zero(SPECIES)));
      step.intoArray(near, at);
      step.mul(ratio).neg().intoArray(far, at);
    }
  }
}
