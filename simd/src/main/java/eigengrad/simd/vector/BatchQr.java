package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.vector.BatchBlocks.END;
import static eigengrad.simd.vector.BatchBlocks.START;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.BatchSolver;
import eigengrad.simd.DoubleFormat;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Implicit QR in lock-step, one matrix per lane.
 *
 * <p>Each lane works on its highest unreduced block. A sweep runs from the lowest start of all
 * blocks to the highest end; a lane outside its own block keeps its elements and rotates by
 * nothing. So a lane does the same as if it were alone, and no lane waits for another to converge.
 * Two vectors go side by side: each step of a sweep waits for a root and a division.
 */
final class BatchQr {
  /**
   * Rows of {@code work} above the rotations, after those of {@link BatchBlocks}: the blocks'
   * shifts, and their last off-diagonal elements.
   */
  private static final int SHIFT = 2 * PAIR;

  private static final int BETWEEN = 3 * PAIR;

  private BatchQr() {}

  /** For two vectors of matrices, the second of which may not be wanted. */
  static void solve(
      int n,
      int lane,
      int lanes,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] q,
      double[] work,
      double[] failed) {
    int blocks = 2 * n * BatchSolver.SWEEPS * PAIR + lane;
    int end = Math.min(lanes, lane + 2 * COUNT);
    zero(SPECIES).intoArray(failed, lane);
    // A vector that is not wanted is given up before it begins.
    broadcast(SPECIES, lane + COUNT < lanes ? 0 : Double.POSITIVE_INFINITY)
        .intoArray(failed, lane + COUNT);
    int collected = 0;
    int collectedLow = n;
    int collectedHigh = n - 1;
    findBlocks(n, n - 1, d, e, lane, failed, work, blocks);
    int high = BatchBlocks.highest(work, blocks);
    for (int sweep = 0; high > 0 && sweep < maxSweeps; sweep++) {
      int low = BatchBlocks.lowest(work, blocks);
      for (int step = 0; step < BatchSolver.shiftSteps(n); step++) {
        stepShifts(low, high, d, e, lane, work, blocks);
      }
      int rotations = 2 * n * collected * PAIR + lane;
      collectedLow = Math.min(collectedLow, low);
      BatchRotations.keepNone(n, 0, low, work, rotations);
      sweep(n, low, high, d, e, lane, failed, work, blocks, rotations);
      BatchRotations.keepNone(n, high, collectedHigh, work, rotations);
      findBlocks(n, high, d, e, lane, failed, work, blocks);
      high = BatchBlocks.highest(work, blocks);
      if (++collected == BatchSolver.SWEEPS) {
        if (vectors) {
          BatchRotations.apply(n, n, collected, collectedLow, collectedHigh, work, 0, q, lane, end);
        }
        collected = 0;
        collectedLow = n;
        collectedHigh = high;
      }
    }
    if (vectors && collected > 0) {
      BatchRotations.apply(n, n, collected, collectedLow, collectedHigh, work, 0, q, lane, end);
    }
    markUnconverged(work, blocks + END, failed, lane);
    markUnconverged(work, blocks + END + COUNT, failed, lane + COUNT);
  }

  private static void markUnconverged(double[] work, int ends, double[] failed, int lane) {
    fromArray(SPECIES, failed, lane)
        .blend(
            broadcast(SPECIES, 1), fromArray(SPECIES, work, ends).compare(VectorOperators.GT, 0.0))
        .intoArray(failed, lane);
  }

  /**
   * Where the highest unreduced block of each lane starts (n if there is none) and ends (0 then),
   * and Wilkinson's shift for it: the eigenvalue of its last two rows that is nearer to the last
   * diagonal element. A lane that was given up has none. Elements that are negligible become 0.
   */
  private static void findBlocks(
      int n,
      int high,
      double[] d,
      double[] e,
      int lane,
      double[] failed,
      double[] work,
      int blocks) {
    DoubleVector xFloor = fromArray(SPECIES, failed, lane).add(DoubleFormat.SQUARED_FLOOR);
    DoubleVector yFloor = fromArray(SPECIES, failed, lane + COUNT).add(DoubleFormat.SQUARED_FLOOR);
    DoubleVector xStart = broadcast(SPECIES, (double) n);
    DoubleVector yStart = broadcast(SPECIES, (double) n);
    DoubleVector xEnd = zero(SPECIES);
    DoubleVector yEnd = zero(SPECIES);
    DoubleVector xLast = zero(SPECIES);
    DoubleVector yLast = zero(SPECIES);
    DoubleVector xBeforeLast = zero(SPECIES);
    DoubleVector yBeforeLast = zero(SPECIES);
    DoubleVector xBetween = broadcast(SPECIES, 1);
    DoubleVector yBetween = broadcast(SPECIES, 1);
    DoubleVector xCut = zero(SPECIES);
    DoubleVector yCut = zero(SPECIES);
    DoubleVector xBefore = fromArray(SPECIES, d, lane);
    DoubleVector yBefore = fromArray(SPECIES, d, lane + COUNT);
    for (int i = 1; i <= high; i++) {
      int at = lane + i * PAIR;
      DoubleVector index = broadcast(SPECIES, (double) i);
      DoubleVector xd = fromArray(SPECIES, d, at);
      DoubleVector yd = fromArray(SPECIES, d, at + COUNT);
      DoubleVector xe = fromArray(SPECIES, e, at);
      DoubleVector ye = fromArray(SPECIES, e, at + COUNT);
      // Not where the element is negligible or NaN.
      VectorMask<Double> xCounts =
          xe.mul(xe)
              .compare(
                  VectorOperators.GT,
                  xd.mul(xBefore)
                      .abs()
                      .fma(broadcast(SPECIES, DoubleFormat.SQUARED_ROUNDOFF), xFloor));
      VectorMask<Double> yCounts =
          ye.mul(ye)
              .compare(
                  VectorOperators.GT,
                  yd.mul(yBefore)
                      .abs()
                      .fma(broadcast(SPECIES, DoubleFormat.SQUARED_ROUNDOFF), yFloor));
      VectorMask<Double> xNeglected = xCounts.not();
      VectorMask<Double> yNeglected = yCounts.not();
      xStart = xCut.blend(xStart, xNeglected);
      yStart = yCut.blend(yStart, yNeglected);
      xEnd = index.blend(xEnd, xNeglected);
      yEnd = index.blend(yEnd, yNeglected);
      xLast = xd.blend(xLast, xNeglected);
      yLast = yd.blend(yLast, yNeglected);
      xBeforeLast = xBefore.blend(xBeforeLast, xNeglected);
      yBeforeLast = yBefore.blend(yBeforeLast, yNeglected);
      xBetween = xe.blend(xBetween, xNeglected);
      yBetween = ye.blend(yBetween, yNeglected);
      xCut = index.blend(xCut, xCounts);
      yCut = index.blend(yCut, yCounts);
      zero(SPECIES).blend(xe, xCounts).intoArray(e, at);
      zero(SPECIES).blend(ye, yCounts).intoArray(e, at + COUNT);
      xBefore = xd;
      yBefore = yd;
    }
    DoubleVector xHalf = xBeforeLast.sub(xLast).mul(0.5);
    DoubleVector yHalf = yBeforeLast.sub(yLast).mul(0.5);
    DoubleVector xSquare = xBetween.mul(xBetween);
    DoubleVector ySquare = yBetween.mul(yBetween);
    DoubleVector xRoot = xHalf.fma(xHalf, xSquare).sqrt();
    DoubleVector yRoot = yHalf.fma(yHalf, ySquare).sqrt();
    DoubleVector xSigned = xRoot.blend(xRoot.neg(), xHalf.compare(VectorOperators.LT, 0.0));
    DoubleVector ySigned = yRoot.blend(yRoot.neg(), yHalf.compare(VectorOperators.LT, 0.0));
    xStart.intoArray(work, blocks + START);
    yStart.intoArray(work, blocks + START + COUNT);
    xEnd.intoArray(work, blocks + END);
    yEnd.intoArray(work, blocks + END + COUNT);
    xBetween.intoArray(work, blocks + BETWEEN);
    yBetween.intoArray(work, blocks + BETWEEN + COUNT);
    xLast.sub(xSquare.div(xHalf.add(xSigned))).intoArray(work, blocks + SHIFT);
    yLast.sub(ySquare.div(yHalf.add(ySigned))).intoArray(work, blocks + SHIFT + COUNT);
  }

  /**
   * Laguerre's step from the shift of each lane towards an eigenvalue of its block. It is not taken
   * where digits of the polynomial are lost to underflow, nor where it leads farther away than
   * twice the last off-diagonal element: there is an eigenvalue within once that element, and
   * rounding must not refuse a step of just so much.
   */
  private static void stepShifts(
      int low, int high, double[] d, double[] e, int lane, double[] work, int blocks) {
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector xStart = fromArray(SPECIES, work, blocks + START);
    DoubleVector yStart = fromArray(SPECIES, work, blocks + START + COUNT);
    DoubleVector xEnd = fromArray(SPECIES, work, blocks + END);
    DoubleVector yEnd = fromArray(SPECIES, work, blocks + END + COUNT);
    DoubleVector xShift = fromArray(SPECIES, work, blocks + SHIFT);
    DoubleVector yShift = fromArray(SPECIES, work, blocks + SHIFT + COUNT);
    DoubleVector xMiddle = xStart.add(xEnd).mul(0.5);
    DoubleVector yMiddle = yStart.add(yEnd).mul(0.5);
    DoubleVector xOthers = xEnd.sub(xStart);
    DoubleVector yOthers = yEnd.sub(yStart);
    DoubleVector xReach = xOthers.mul(0.5);
    DoubleVector yReach = yOthers.mul(0.5);
    // The characteristic polynomial of the leading part of the block, its derivative and half the
    // second one, by the recurrence of Sturm's sequence.
    DoubleVector xP = one;
    DoubleVector yP = one;
    DoubleVector xSlope = zero(SPECIES);
    DoubleVector ySlope = zero(SPECIES);
    DoubleVector xBend = zero(SPECIES);
    DoubleVector yBend = zero(SPECIES);
    DoubleVector xPBefore = zero(SPECIES);
    DoubleVector yPBefore = zero(SPECIES);
    DoubleVector xSlopeBefore = zero(SPECIES);
    DoubleVector ySlopeBefore = zero(SPECIES);
    DoubleVector xBendBefore = zero(SPECIES);
    DoubleVector yBendBefore = zero(SPECIES);
    for (int i = low; i <= high; i++) {
      int at = lane + i * PAIR;
      DoubleVector index = broadcast(SPECIES, (double) i);
      VectorMask<Double> xInside = xMiddle.sub(index).abs().compare(VectorOperators.LE, xReach);
      VectorMask<Double> yInside = yMiddle.sub(index).abs().compare(VectorOperators.LE, yReach);
      DoubleVector xe = fromArray(SPECIES, e, at);
      DoubleVector ye = fromArray(SPECIES, e, at + COUNT);
      DoubleVector xMinusSquare = zero(SPECIES).blend(xe.mul(xe.neg()), xInside);
      DoubleVector yMinusSquare = zero(SPECIES).blend(ye.mul(ye.neg()), yInside);
      DoubleVector xFactor = one.blend(fromArray(SPECIES, d, at).sub(xShift), xInside);
      DoubleVector yFactor = one.blend(fromArray(SPECIES, d, at + COUNT).sub(yShift), yInside);
      DoubleVector xOwnSlope = zero(SPECIES).blend(broadcast(SPECIES, -1), xInside);
      DoubleVector yOwnSlope = zero(SPECIES).blend(broadcast(SPECIES, -1), yInside);
      DoubleVector xBendNext =
          xFactor.fma(xBend, xMinusSquare.fma(xBendBefore, xOwnSlope.mul(xSlope)));
      DoubleVector yBendNext =
          yFactor.fma(yBend, yMinusSquare.fma(yBendBefore, yOwnSlope.mul(ySlope)));
      DoubleVector xSlopeNext =
          xFactor.fma(xSlope, xMinusSquare.fma(xSlopeBefore, xOwnSlope.mul(xP)));
      DoubleVector ySlopeNext =
          yFactor.fma(ySlope, yMinusSquare.fma(ySlopeBefore, yOwnSlope.mul(yP)));
      DoubleVector xPNext = xFactor.fma(xP, xMinusSquare.mul(xPBefore));
      DoubleVector yPNext = yFactor.fma(yP, yMinusSquare.mul(yPBefore));
      xPBefore = xP;
      yPBefore = yP;
      xSlopeBefore = xSlope;
      ySlopeBefore = ySlope;
      xBendBefore = xBend;
      yBendBefore = yBend;
      xP = xPNext;
      yP = yPNext;
      xSlope = xSlopeNext;
      ySlope = ySlopeNext;
      xBend = xBendNext;
      yBend = yBendNext;
    }
    DoubleVector xOrder = xOthers.add(1);
    DoubleVector yOrder = yOthers.add(1);
    DoubleVector xSquare =
        xOthers.mul(xOthers.mul(xSlope).mul(xSlope).sub(xOrder.mul(xP).mul(xBend.add(xBend))));
    DoubleVector ySquare =
        yOthers.mul(yOthers.mul(ySlope).mul(ySlope).sub(yOrder.mul(yP).mul(yBend.add(yBend))));
    DoubleVector xRoot = xSquare.max(0).sqrt();
    DoubleVector yRoot = ySquare.max(0).sqrt();
    DoubleVector xSigned = xRoot.blend(xRoot.neg(), xSlope.compare(VectorOperators.LT, 0.0));
    DoubleVector ySigned = yRoot.blend(yRoot.neg(), ySlope.compare(VectorOperators.LT, 0.0));
    DoubleVector xStep = xOrder.mul(xP).div(xSlope.add(xSigned));
    DoubleVector yStep = yOrder.mul(yP).div(ySlope.add(ySigned));
    DoubleVector xBetween = fromArray(SPECIES, work, blocks + BETWEEN);
    DoubleVector yBetween = fromArray(SPECIES, work, blocks + BETWEEN + COUNT);
    DoubleVector xNear =
        xShift.blend(
            xShift.sub(xStep),
            xStep.abs().compare(VectorOperators.LE, xBetween.add(xBetween).abs()));
    DoubleVector yNear =
        yShift.blend(
            yShift.sub(yStep),
            yStep.abs().compare(VectorOperators.LE, yBetween.add(yBetween).abs()));
    xShift
        .blend(xNear, xSquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE))
        .intoArray(work, blocks + SHIFT);
    yShift
        .blend(yNear, ySquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE))
        .intoArray(work, blocks + SHIFT + COUNT);
  }

  /**
   * Chases the bulge of each lane from the start of its block to the end and keeps the rotations. A
   * lane is given up where one of them may have lost digits to underflow.
   */
  private static void sweep(
      int n,
      int low,
      int high,
      double[] d,
      double[] e,
      int lane,
      double[] failed,
      double[] work,
      int blocks,
      int cosines) {
    int sines = cosines + n * PAIR;
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector xStart = fromArray(SPECIES, work, blocks + START);
    DoubleVector yStart = fromArray(SPECIES, work, blocks + START + COUNT);
    DoubleVector xTop = fromArray(SPECIES, work, blocks + END).sub(1);
    DoubleVector yTop = fromArray(SPECIES, work, blocks + END + COUNT).sub(1);
    DoubleVector xMiddle = xStart.add(xTop).mul(0.5);
    DoubleVector yMiddle = yStart.add(yTop).mul(0.5);
    DoubleVector xReach = xTop.sub(xStart).mul(0.5);
    DoubleVector yReach = yTop.sub(yStart).mul(0.5);
    DoubleVector xShift = fromArray(SPECIES, work, blocks + SHIFT);
    DoubleVector yShift = fromArray(SPECIES, work, blocks + SHIFT + COUNT);
    DoubleVector xSmallest = one;
    DoubleVector ySmallest = one;
    DoubleVector xS = one;
    DoubleVector yS = one;
    DoubleVector xC = one;
    DoubleVector yC = one;
    DoubleVector xd = fromArray(SPECIES, d, lane + low * PAIR);
    DoubleVector yd = fromArray(SPECIES, d, lane + low * PAIR + COUNT);
    DoubleVector xe = fromArray(SPECIES, e, lane + low * PAIR);
    DoubleVector ye = fromArray(SPECIES, e, lane + low * PAIR + COUNT);
    DoubleVector xG = xd.sub(xShift);
    DoubleVector yG = yd.sub(yShift);
    for (int i = low; i < high; i++) {
      int at = lane + i * PAIR;
      int kept = i * PAIR;
      DoubleVector index = broadcast(SPECIES, (double) i);
      DoubleVector xeNext = fromArray(SPECIES, e, at + PAIR);
      DoubleVector yeNext = fromArray(SPECIES, e, at + PAIR + COUNT);
      DoubleVector xdNext = fromArray(SPECIES, d, at + PAIR);
      DoubleVector ydNext = fromArray(SPECIES, d, at + PAIR + COUNT);
      VectorMask<Double> xInside = xMiddle.sub(index).abs().compare(VectorOperators.LE, xReach);
      VectorMask<Double> yInside = yMiddle.sub(index).abs().compare(VectorOperators.LE, yReach);
      DoubleVector xF = xS.mul(xeNext);
      DoubleVector yF = yS.mul(yeNext);
      DoubleVector xB = xC.mul(xeNext);
      DoubleVector yB = yC.mul(yeNext);
      DoubleVector xSquare = xF.fma(xF, xG.mul(xG));
      DoubleVector ySquare = yF.fma(yF, yG.mul(yG));
      DoubleVector xR = xSquare.sqrt();
      DoubleVector yR = ySquare.sqrt();
      xSmallest = one.blend(xSquare, xInside).min(xSmallest);
      ySmallest = one.blend(ySquare, yInside).min(ySmallest);
      // At the start of a block the element before stays 0.
      xe.blend(xR.blend(zero(SPECIES), xStart.compare(VectorOperators.EQ, index)), xInside)
          .intoArray(e, at);
      ye.blend(yR.blend(zero(SPECIES), yStart.compare(VectorOperators.EQ, index)), yInside)
          .intoArray(e, at + COUNT);
      DoubleVector xSine = xF.div(xR);
      DoubleVector ySine = yF.div(yR);
      DoubleVector xCosine = xG.div(xR);
      DoubleVector yCosine = yG.div(yR);
      DoubleVector xT = xdNext.sub(xd).fma(xSine, xCosine.mul(xB.add(xB)));
      DoubleVector yT = ydNext.sub(yd).fma(ySine, yCosine.mul(yB.add(yB)));
      DoubleVector xMoved = zero(SPECIES).blend(xSine.mul(xT), xInside);
      DoubleVector yMoved = zero(SPECIES).blend(ySine.mul(yT), yInside);
      xd.add(xMoved).intoArray(d, at);
      yd.add(yMoved).intoArray(d, at + COUNT);
      xd = xdNext.sub(xMoved);
      yd = ydNext.sub(yMoved);
      // Outside of its block a lane is ready to begin with the next element.
      xG = xdNext.sub(xShift).blend(xCosine.fma(xT, xB.neg()), xInside);
      yG = ydNext.sub(yShift).blend(yCosine.fma(yT, yB.neg()), yInside);
      xe = xeNext.blend(xG, xInside);
      ye = yeNext.blend(yG, yInside);
      xS = one.blend(xSine, xInside);
      yS = one.blend(ySine, yInside);
      xC = one.blend(xCosine, xInside);
      yC = one.blend(yCosine, yInside);
      xC.intoArray(work, cosines + kept);
      yC.intoArray(work, cosines + kept + COUNT);
      zero(SPECIES).blend(xSine, xInside).intoArray(work, sines + kept);
      zero(SPECIES).blend(ySine, yInside).intoArray(work, sines + kept + COUNT);
    }
    xd.intoArray(d, lane + high * PAIR);
    yd.intoArray(d, lane + high * PAIR + COUNT);
    xe.intoArray(e, lane + high * PAIR);
    ye.intoArray(e, lane + high * PAIR + COUNT);
    broadcast(SPECIES, Double.POSITIVE_INFINITY)
        .blend(
            fromArray(SPECIES, failed, lane),
            xSmallest.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE))
        .intoArray(failed, lane);
    broadcast(SPECIES, Double.POSITIVE_INFINITY)
        .blend(
            fromArray(SPECIES, failed, lane + COUNT),
            ySmallest.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE))
        .intoArray(failed, lane + COUNT);
  }
}
