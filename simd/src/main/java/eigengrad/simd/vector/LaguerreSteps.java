package eigengrad.simd.vector;

import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.LONGS;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.DoubleFormat;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sturm counts and Laguerre steps at one shift per lane.
 *
 * <p>The characteristic polynomials of the leading blocks follow a three-term recurrence without a
 * division; both derivatives run beside it. Every few rows the lanes are scaled back to 1 by a
 * power of two, each by its own. Two vectors of shifts at a time hide the latency of the
 * recurrence.
 */
final class LaguerreSteps {
  private LaguerreSteps() {}

  static void twoVectors(
      int n,
      double[] d,
      int dOffset,
      double[] negatedSquares,
      int squaresOffset,
      int at0,
      double[] x,
      long[] below,
      double[] near,
      double[] far,
      double[] work) {
    LongVector sign = LongVector.broadcast(LONGS, DoubleFormat.SIGN);
    LongVector exponent = LongVector.broadcast(LONGS, DoubleFormat.EXPONENT);
    LongVector twiceBias = LongVector.broadcast(LONGS, DoubleFormat.TWICE_BIAS);
    DoubleVector one = broadcast(SPECIES, 1);
    int at1 = at0 + COUNT;
    DoubleVector shift0 = fromArray(SPECIES, x, at0);
    DoubleVector shift1 = fromArray(SPECIES, x, at1);
    // p, its derivative and half its second derivative with respect to −x, for this row and the
    // one before.
    DoubleVector p0 = broadcast(SPECIES, d[dOffset]).sub(shift0);
    DoubleVector p1 = broadcast(SPECIES, d[dOffset]).sub(shift1);
    DoubleVector slope0 = broadcast(SPECIES, 1);
    DoubleVector slope1 = broadcast(SPECIES, 1);
    DoubleVector bend0 = zero(SPECIES);
    DoubleVector bend1 = zero(SPECIES);
    DoubleVector pBefore0 = broadcast(SPECIES, 1);
    DoubleVector pBefore1 = broadcast(SPECIES, 1);
    DoubleVector slopeBefore0 = zero(SPECIES);
    DoubleVector slopeBefore1 = zero(SPECIES);
    DoubleVector bendBefore0 = zero(SPECIES);
    DoubleVector bendBefore1 = zero(SPECIES);
    LongVector changes0 = sign.and(p0.reinterpretAsLongs()).lanewise(VectorOperators.LSHR, 63);
    LongVector changes1 = sign.and(p1.reinterpretAsLongs()).lanewise(VectorOperators.LSHR, 63);
    int row = 1;
    // Scaling is reached in every call, whatever n: C2 boxes at call sites it takes for rare.
    do {
      int stop = Math.min(row + DoubleFormat.STURM_ROWS, n);
      for (; row < stop; row++) {
        DoubleVector e = broadcast(SPECIES, negatedSquares[squaresOffset + row - 1]);
        DoubleVector diagonal = broadcast(SPECIES, d[dOffset + row]);
        DoubleVector a0 = diagonal.sub(shift0);
        DoubleVector a1 = diagonal.sub(shift1);
        DoubleVector bendNext0 = a0.fma(bend0, e.fma(bendBefore0, slope0));
        DoubleVector bendNext1 = a1.fma(bend1, e.fma(bendBefore1, slope1));
        DoubleVector slopeNext0 = a0.fma(slope0, e.fma(slopeBefore0, p0));
        DoubleVector slopeNext1 = a1.fma(slope1, e.fma(slopeBefore1, p1));
        DoubleVector pNext0 = a0.fma(p0, e.mul(pBefore0));
        DoubleVector pNext1 = a1.fma(p1, e.mul(pBefore1));
        bendBefore0 = bend0;
        bendBefore1 = bend1;
        bend0 = bendNext0;
        bend1 = bendNext1;
        slopeBefore0 = slope0;
        slopeBefore1 = slope1;
        slope0 = slopeNext0;
        slope1 = slopeNext1;
        pBefore0 = p0;
        pBefore1 = p1;
        p0 = pNext0;
        p1 = pNext1;
        changes0 =
            sign.and(p0.reinterpretAsLongs())
                .lanewise(VectorOperators.XOR, pBefore0.reinterpretAsLongs())
                .lanewise(VectorOperators.LSHR, 63)
                .add(changes0);
        changes1 =
            sign.and(p1.reinterpretAsLongs())
                .lanewise(VectorOperators.XOR, pBefore1.reinterpretAsLongs())
                .lanewise(VectorOperators.LSHR, 63)
                .add(changes1);
      }
      LongVector larger0 =
          exponent.and(p0.reinterpretAsLongs()).max(exponent.and(pBefore0.reinterpretAsLongs()));
      LongVector larger1 =
          exponent.and(p1.reinterpretAsLongs()).max(exponent.and(pBefore1.reinterpretAsLongs()));
      DoubleVector scale0 = one.mul(twiceBias.sub(larger0).reinterpretShape(SPECIES, 0));
      DoubleVector scale1 = one.mul(twiceBias.sub(larger1).reinterpretShape(SPECIES, 0));
      p0 = scale0.mul(p0);
      p1 = scale1.mul(p1);
      slope0 = scale0.mul(slope0);
      slope1 = scale1.mul(slope1);
      bend0 = scale0.mul(bend0);
      bend1 = scale1.mul(bend1);
      pBefore0 = scale0.mul(pBefore0);
      pBefore1 = scale1.mul(pBefore1);
      slopeBefore0 = scale0.mul(slopeBefore0);
      slopeBefore1 = scale1.mul(slopeBefore1);
      bendBefore0 = scale0.mul(bendBefore0);
      bendBefore1 = scale1.mul(bendBefore1);
    } while (row < n);
    changes0.intoArray(below, at0);
    p0.intoArray(near, at0);
    slope0.intoArray(far, at0);
    bend0.intoArray(work, at0);
    changes1.intoArray(below, at1);
    p1.intoArray(near, at1);
    slope1.intoArray(far, at1);
    bend1.intoArray(work, at1);
  }

  static void oneVector(
      int n,
      double[] d,
      int dOffset,
      double[] negatedSquares,
      int squaresOffset,
      int at,
      double[] x,
      long[] below,
      double[] near,
      double[] far,
      double[] work) {
    LongVector sign = LongVector.broadcast(LONGS, DoubleFormat.SIGN);
    LongVector exponent = LongVector.broadcast(LONGS, DoubleFormat.EXPONENT);
    LongVector twiceBias = LongVector.broadcast(LONGS, DoubleFormat.TWICE_BIAS);
    DoubleVector one = broadcast(SPECIES, 1);
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
      int stop = Math.min(row + DoubleFormat.STURM_ROWS, n);
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
            sign.and(p.reinterpretAsLongs())
                .lanewise(VectorOperators.XOR, pBefore.reinterpretAsLongs())
                .lanewise(VectorOperators.LSHR, 63)
                .add(changes);
      }
      LongVector larger =
          exponent.and(p.reinterpretAsLongs()).max(exponent.and(pBefore.reinterpretAsLongs()));
      DoubleVector scale = one.mul(twiceBias.sub(larger).reinterpretShape(SPECIES, 0));
      p = scale.mul(p);
      slope = scale.mul(slope);
      bend = scale.mul(bend);
      pBefore = scale.mul(pBefore);
      slopeBefore = scale.mul(slopeBefore);
      bendBefore = scale.mul(bendBefore);
    } while (row < n);
    changes.intoArray(below, at);
    p.intoArray(near, at);
    slope.intoArray(far, at);
    bend.intoArray(work, at);
  }

  /**
   * The steps, from what the recurrence left.
   *
   * @param near p, overwritten
   * @param far its derivative, overwritten
   * @param bends half its second derivative
   */
  static void step(int n, int at, double[] near, double[] far, double[] bends) {
    DoubleVector degree = broadcast(SPECIES, n);
    DoubleVector degreeLessOne = broadcast(SPECIES, n - 1);
    LongVector sign = LongVector.broadcast(LONGS, DoubleFormat.SIGN);
    DoubleVector p = fromArray(SPECIES, near, at);
    DoubleVector slope = fromArray(SPECIES, far, at);
    DoubleVector bend = fromArray(SPECIES, bends, at);
    DoubleVector twiceCurvature = p.mul(bend).mul(degree.add(degree));
    DoubleVector discriminant =
        slope.mul(slope).mul(degreeLessOne).sub(twiceCurvature).mul(degreeLessOne);
    DoubleVector root = discriminant.max(zero(SPECIES)).sqrt();
    // Newton's direction, without cancellation; then the other, if there is a root.
    Vector<Double> signedRoot =
        sign.and(slope.reinterpretAsLongs())
            .or(root.reinterpretAsLongs())
            .reinterpretShape(SPECIES, 0);
    DoubleVector step = p.mul(degree).div(slope.add(signedRoot));
    DoubleVector steepness = slope.abs();
    DoubleVector ratio = root.add(steepness).div(root.sub(steepness).max(zero(SPECIES)));
    step.intoArray(near, at);
    step.mul(ratio).neg().intoArray(far, at);
  }
}
