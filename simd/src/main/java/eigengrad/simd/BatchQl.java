package eigengrad.simd;

import static eigengrad.simd.BatchKernels.PAIR;
import static eigengrad.simd.Lanes.COUNT;
import static eigengrad.simd.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Implicit QL in lock-step, one matrix a lane.
 *
 * <p>Each lane works on its lowest unreduced block. A sweep runs from the highest end of all blocks
 * to the lowest start; a lane outside its own block keeps its elements and rotates by nothing. So a
 * lane does the same as if it were alone, and no lane waits for another to converge. Two vectors go
 * side by side: each step of a sweep waits for a root and a division.
 */
final class BatchQl {
  private BatchQl() {}

  static void solve(
      int n,
      int lanes,
      int maxSweeps,
      double[] d,
      double[] e,
      double[] q,
      double[] work,
      double[] failed) {
    int blocks = 3 * n * BatchKernels.SWEEPS * PAIR;
    for (int lane = 0; lane < lanes; lane += 2 * COUNT) {
      zero(SPECIES).intoArray(failed, lane);
      // A vector that is not wanted is given up before it begins.
      broadcast(SPECIES, lane + COUNT < lanes ? 0 : 1).intoArray(failed, lane + COUNT);
      findBlocks(n, 0, d, e, lane, failed, work, blocks + lane);
      findBlocks(n, 0, d, e, lane + COUNT, failed, work, blocks + lane + COUNT);
      int low = lowest(n, work, blocks + lane);
      int collected = 0;
      int collectedLow = low;
      int collectedHigh = 0;
      for (int sweep = 0; low < n && sweep < maxSweeps; sweep++) {
        int high = highest(work, blocks + PAIR + lane);
        int rotations = 3 * n * collected * PAIR + lane;
        BatchRotations.keepNone(n, collectedLow, low, work, rotations);
        sweep(n, low, high, d, e, lane, failed, work, blocks + lane, rotations);
        BatchRotations.keepNone(n, high, n - 1, work, rotations);
        collectedHigh = Math.max(collectedHigh, high);
        findBlocks(n, low, d, e, lane, failed, work, blocks + lane);
        findBlocks(n, low, d, e, lane + COUNT, failed, work, blocks + lane + COUNT);
        low = lowest(n, work, blocks + lane);
        if (++collected == BatchKernels.SWEEPS || low == n || sweep == maxSweeps - 1) {
          BatchRotations.apply(
              n,
              collected,
              collectedLow,
              collectedHigh,
              work,
              q,
              lane,
              Math.min(lanes, lane + 2 * COUNT));
          collected = 0;
          collectedLow = low;
          collectedHigh = 0;
        }
      }
      markUnconverged(n, work, blocks + lane, failed, lane);
      markUnconverged(n, work, blocks + lane + COUNT, failed, lane + COUNT);
    }
  }

  private static void markUnconverged(int n, double[] work, int starts, double[] failed, int lane) {
    VectorMask<Double> unconverged =
        fromArray(SPECIES, work, starts).compare(VectorOperators.LT, n);
    fromArray(SPECIES, failed, lane)
        .blend(broadcast(SPECIES, 1), unconverged)
        .intoArray(failed, lane);
  }

  private static int lowest(int n, double[] work, int starts) {
    double low = n;
    for (int lane = starts; lane < starts + 2 * COUNT; lane++) {
      low = Math.min(low, work[lane]);
    }
    return (int) low;
  }

  private static int highest(double[] work, int ends) {
    double high = 0;
    for (int lane = ends; lane < ends + 2 * COUNT; lane++) {
      high = Math.max(high, work[lane]);
    }
    return (int) high;
  }

  /**
   * Where the lowest unreduced block of each lane starts (n if there is none) and ends, and where
   * its sweep begins: the last diagonal element less Wilkinson's shift.
   */
  private static void findBlocks(
      int n,
      int low,
      double[] d,
      double[] e,
      int lane,
      double[] failed,
      double[] work,
      int blocks) {
    VectorMask<Double> givenUp = fromArray(SPECIES, failed, lane).compare(VectorOperators.GT, 0);
    DoubleVector start = broadcast(SPECIES, n);
    DoubleVector end = zero(SPECIES);
    DoubleVector first = zero(SPECIES);
    DoubleVector second = zero(SPECIES);
    DoubleVector between = broadcast(SPECIES, 1);
    DoubleVector last = zero(SPECIES);
    DoubleVector above = fromArray(SPECIES, d, lane + (n - 1) * PAIR);
    DoubleVector cut = broadcast(SPECIES, n - 1);
    DoubleVector atCut = fromArray(SPECIES, d, lane + (n - 1) * PAIR);
    for (int i = n - 2; i >= low; i--) {
      int at = lane + i * PAIR;
      DoubleVector di = fromArray(SPECIES, d, at);
      DoubleVector ei = fromArray(SPECIES, e, at);
      VectorMask<Double> negligible =
          ei.mul(ei)
              .compare(VectorOperators.LE, di.mul(above).abs().mul(BatchKernels.SQUARED_ROUNDOFF))
              .or(ei.abs().compare(VectorOperators.LE, BatchKernels.FLOOR))
              .or(givenUp);
      DoubleVector index = broadcast(SPECIES, i);
      ei.blend(zero(SPECIES), negligible).intoArray(e, at);
      cut = cut.blend(index, negligible);
      atCut = atCut.blend(di, negligible);
      start = index.blend(start, negligible);
      end = cut.blend(end, negligible);
      first = di.blend(first, negligible);
      second = above.blend(second, negligible);
      between = ei.blend(between, negligible);
      last = atCut.blend(last, negligible);
      above = di;
    }
    DoubleVector theta = second.sub(first).div(between.add(between));
    DoubleVector root = theta.fma(theta, broadcast(SPECIES, 1)).sqrt();
    DoubleVector signed = root.blend(root.neg(), theta.compare(VectorOperators.LT, 0));
    start.intoArray(work, blocks);
    end.intoArray(work, blocks + PAIR);
    last.sub(first).add(between.div(theta.add(signed))).intoArray(work, blocks + 2 * PAIR);
  }

  /** Chases the bulge of each lane from the end of its block to the start; keeps the rotations. */
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
    int negated = sines + n * PAIR;
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector xStart = fromArray(SPECIES, work, blocks);
    DoubleVector yStart = fromArray(SPECIES, work, blocks + COUNT);
    DoubleVector xTop = fromArray(SPECIES, work, blocks + PAIR).sub(1);
    DoubleVector yTop = fromArray(SPECIES, work, blocks + COUNT + PAIR).sub(1);
    DoubleVector xBegin = fromArray(SPECIES, work, blocks + 2 * PAIR);
    DoubleVector yBegin = fromArray(SPECIES, work, blocks + COUNT + 2 * PAIR);
    DoubleVector xTrouble = fromArray(SPECIES, failed, lane);
    DoubleVector yTrouble = fromArray(SPECIES, failed, lane + COUNT);
    DoubleVector xG = zero(SPECIES);
    DoubleVector yG = zero(SPECIES);
    DoubleVector xS = broadcast(SPECIES, 1);
    DoubleVector yS = broadcast(SPECIES, 1);
    DoubleVector xC = broadcast(SPECIES, 1);
    DoubleVector yC = broadcast(SPECIES, 1);
    DoubleVector xShift = zero(SPECIES);
    DoubleVector yShift = zero(SPECIES);
    DoubleVector xdAbove = fromArray(SPECIES, d, lane + high * PAIR);
    DoubleVector ydAbove = fromArray(SPECIES, d, lane + COUNT + high * PAIR);
    DoubleVector xeAbove = fromArray(SPECIES, e, lane + high * PAIR);
    DoubleVector yeAbove = fromArray(SPECIES, e, lane + COUNT + high * PAIR);
    for (int i = high - 1; i >= low; i--) {
      int at = lane + i * PAIR;
      DoubleVector xe = fromArray(SPECIES, e, at);
      DoubleVector ye = fromArray(SPECIES, e, at + COUNT);
      DoubleVector xd = fromArray(SPECIES, d, at);
      DoubleVector yd = fromArray(SPECIES, d, at + COUNT);
      VectorMask<Double> xBegins = xTop.compare(VectorOperators.EQ, i);
      VectorMask<Double> yBegins = yTop.compare(VectorOperators.EQ, i);
      VectorMask<Double> xInside =
          xTop.compare(VectorOperators.GE, i).and(xStart.compare(VectorOperators.LE, i));
      VectorMask<Double> yInside =
          yTop.compare(VectorOperators.GE, i).and(yStart.compare(VectorOperators.LE, i));
      xG = xG.blend(xBegin, xBegins);
      yG = yG.blend(yBegin, yBegins);
      xS = xS.blend(one, xBegins);
      yS = yS.blend(one, yBegins);
      xC = xC.blend(one, xBegins);
      yC = yC.blend(one, yBegins);
      xShift = xShift.blend(zero(SPECIES), xBegins);
      yShift = yShift.blend(zero(SPECIES), yBegins);
      DoubleVector xF = xS.mul(xe);
      DoubleVector yF = yS.mul(ye);
      DoubleVector xB = xC.mul(xe);
      DoubleVector yB = yC.mul(ye);
      DoubleVector xSquare = xF.fma(xF, xG.mul(xG));
      DoubleVector ySquare = yF.fma(yF, yG.mul(yG));
      DoubleVector xR = xSquare.sqrt();
      DoubleVector yR = ySquare.sqrt();
      xTrouble =
          xTrouble.blend(
              one,
              xSquare.compare(VectorOperators.LT, BatchKernels.SMALLEST_SAFE_SQUARE).and(xInside));
      yTrouble =
          yTrouble.blend(
              one,
              ySquare.compare(VectorOperators.LT, BatchKernels.SMALLEST_SAFE_SQUARE).and(yInside));
      // At the end of a block the element above stays 0.
      xeAbove.blend(xR, xTop.compare(VectorOperators.GT, i).and(xInside)).intoArray(e, at + PAIR);
      yeAbove
          .blend(yR, yTop.compare(VectorOperators.GT, i).and(yInside))
          .intoArray(e, at + COUNT + PAIR);
      xS = xF.div(xR);
      yS = yF.div(yR);
      xC = xG.div(xR);
      yC = yG.div(yR);
      DoubleVector xRest = xdAbove.sub(xShift);
      DoubleVector yRest = ydAbove.sub(yShift);
      DoubleVector xT = xd.sub(xRest).fma(xS, xC.mul(xB.add(xB)));
      DoubleVector yT = yd.sub(yRest).fma(yS, yC.mul(yB.add(yB)));
      xShift = xS.mul(xT);
      yShift = yS.mul(yT);
      xG = xC.fma(xT, xB.neg());
      yG = yC.fma(yT, yB.neg());
      xdAbove.blend(xRest.add(xShift), xInside).intoArray(d, at + PAIR);
      ydAbove.blend(yRest.add(yShift), yInside).intoArray(d, at + COUNT + PAIR);
      int kept = i * PAIR;
      one.blend(xC, xInside).intoArray(work, cosines + kept);
      one.blend(yC, yInside).intoArray(work, cosines + COUNT + kept);
      DoubleVector xSine = zero(SPECIES).blend(xS, xInside);
      DoubleVector ySine = zero(SPECIES).blend(yS, yInside);
      xSine.intoArray(work, sines + kept);
      ySine.intoArray(work, sines + COUNT + kept);
      xSine.neg().intoArray(work, negated + kept);
      ySine.neg().intoArray(work, negated + COUNT + kept);
      VectorMask<Double> xEnds = xStart.compare(VectorOperators.EQ, i);
      VectorMask<Double> yEnds = yStart.compare(VectorOperators.EQ, i);
      xdAbove = xd.blend(xd.sub(xShift), xEnds);
      ydAbove = yd.blend(yd.sub(yShift), yEnds);
      xeAbove = xe.blend(xG, xEnds);
      yeAbove = ye.blend(yG, yEnds);
    }
    xdAbove.intoArray(d, lane + low * PAIR);
    ydAbove.intoArray(d, lane + COUNT + low * PAIR);
    xeAbove.intoArray(e, lane + low * PAIR);
    yeAbove.intoArray(e, lane + COUNT + low * PAIR);
    xTrouble.intoArray(failed, lane);
    yTrouble.intoArray(failed, lane + COUNT);
  }
}
