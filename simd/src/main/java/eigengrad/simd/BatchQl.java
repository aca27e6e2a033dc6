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
      broadcast(SPECIES, lane + COUNT < lanes ? 0 : Double.POSITIVE_INFINITY)
          .intoArray(failed, lane + COUNT);
      findBlocks(n, 0, d, e, lane, failed, work, blocks + lane);
      findBlocks(n, 0, d, e, lane + COUNT, failed, work, blocks + lane + COUNT);
      int low = lowest(work, blocks + lane);
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
        low = lowest(work, blocks + lane);
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
    fromArray(SPECIES, failed, lane)
        .blend(
            broadcast(SPECIES, 1),
            fromArray(SPECIES, work, starts).compare(VectorOperators.LT, (double) n))
        .intoArray(failed, lane);
  }

  private static int lowest(double[] work, int starts) {
    return (int)
        fromArray(SPECIES, work, starts)
            .min(fromArray(SPECIES, work, starts + COUNT))
            .reduceLanes(VectorOperators.MIN);
  }

  private static int highest(double[] work, int ends) {
    return (int)
        fromArray(SPECIES, work, ends)
            .max(fromArray(SPECIES, work, ends + COUNT))
            .reduceLanes(VectorOperators.MAX);
  }

  /**
   * Where the lowest unreduced block of each lane starts (n if there is none) and ends, and where
   * its sweep begins: the last diagonal element less Wilkinson's shift. A lane that was given up
   * has none.
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
    DoubleVector floor = fromArray(SPECIES, failed, lane).add(BatchKernels.SQUARED_FLOOR);
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
      DoubleVector index = broadcast(SPECIES, i);
      // Not where the element is negligible or NaN.
      VectorMask<Double> counts =
          ei.mul(ei)
              .compare(
                  VectorOperators.GT,
                  di.mul(above).abs().mul(BatchKernels.SQUARED_ROUNDOFF).add(floor));
      start = start.blend(index, counts);
      end = end.blend(cut, counts);
      first = first.blend(di, counts);
      second = second.blend(above, counts);
      between = between.blend(ei, counts);
      last = last.blend(atCut, counts);
      cut = index.blend(cut, counts);
      atCut = di.blend(atCut, counts);
      zero(SPECIES).blend(ei, counts).intoArray(e, at);
      above = di;
    }
    DoubleVector theta = second.sub(first).div(between.add(between));
    DoubleVector root = theta.fma(theta, broadcast(SPECIES, 1)).sqrt();
    DoubleVector signed = root.blend(root.neg(), theta.compare(VectorOperators.LT, 0.0));
    start.intoArray(work, blocks);
    end.intoArray(work, blocks + PAIR);
    last.sub(first).add(between.div(theta.add(signed))).intoArray(work, blocks + 2 * PAIR);
  }

  /**
   * Chases the bulge of each lane from the end of its block to the start and keeps the rotations. A
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
    int negated = sines + n * PAIR;
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector xStart = fromArray(SPECIES, work, blocks);
    DoubleVector yStart = fromArray(SPECIES, work, blocks + COUNT);
    DoubleVector xTop = fromArray(SPECIES, work, blocks + PAIR).sub(1);
    DoubleVector xMiddle = xStart.add(xTop).mul(0.5);
    DoubleVector xReach = xTop.sub(xStart).mul(0.5);
    DoubleVector yTop = fromArray(SPECIES, work, blocks + COUNT + PAIR).sub(1);
    DoubleVector yMiddle = yStart.add(yTop).mul(0.5);
    DoubleVector yReach = yTop.sub(yStart).mul(0.5);
    DoubleVector xBegin = fromArray(SPECIES, work, blocks + 2 * PAIR);
    DoubleVector yBegin = fromArray(SPECIES, work, blocks + COUNT + 2 * PAIR);
    DoubleVector xSmallest = broadcast(SPECIES, 1);
    DoubleVector ySmallest = broadcast(SPECIES, 1);
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
      VectorMask<Double> xAtTop = xTop.compare(VectorOperators.EQ, (double) i);
      VectorMask<Double> xInside = xMiddle.sub(i).abs().compare(VectorOperators.LE, xReach);
      VectorMask<Double> xAtStart = xStart.compare(VectorOperators.EQ, (double) i);
      VectorMask<Double> yAtTop = yTop.compare(VectorOperators.EQ, (double) i);
      VectorMask<Double> yInside = yMiddle.sub(i).abs().compare(VectorOperators.LE, yReach);
      VectorMask<Double> yAtStart = yStart.compare(VectorOperators.EQ, (double) i);
      xG = xG.blend(xBegin, xAtTop);
      yG = yG.blend(yBegin, yAtTop);
      xS = xS.blend(one, xAtTop);
      yS = yS.blend(one, yAtTop);
      xC = xC.blend(one, xAtTop);
      yC = yC.blend(one, yAtTop);
      xShift = xShift.blend(zero(SPECIES), xAtTop);
      yShift = yShift.blend(zero(SPECIES), yAtTop);
      DoubleVector xF = xS.mul(xe);
      DoubleVector yF = yS.mul(ye);
      DoubleVector xB = xC.mul(xe);
      DoubleVector yB = yC.mul(ye);
      DoubleVector xSquare = xF.fma(xF, xG.mul(xG));
      DoubleVector ySquare = yF.fma(yF, yG.mul(yG));
      DoubleVector xR = xSquare.sqrt();
      DoubleVector yR = ySquare.sqrt();
      xSmallest = xSmallest.min(one.blend(xSquare, xInside));
      ySmallest = ySmallest.min(one.blend(ySquare, yInside));
      // At the end of a block the element above stays 0.
      xeAbove.blend(xR.blend(zero(SPECIES), xAtTop), xInside).intoArray(e, at + PAIR);
      yeAbove.blend(yR.blend(zero(SPECIES), yAtTop), yInside).intoArray(e, at + COUNT + PAIR);
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
      xdAbove = xd.blend(xd.sub(xShift), xAtStart);
      ydAbove = yd.blend(yd.sub(yShift), yAtStart);
      xeAbove = xe.blend(xG, xAtStart);
      yeAbove = ye.blend(yG, yAtStart);
    }
    xdAbove.intoArray(d, lane + low * PAIR);
    ydAbove.intoArray(d, lane + COUNT + low * PAIR);
    xeAbove.intoArray(e, lane + low * PAIR);
    yeAbove.intoArray(e, lane + COUNT + low * PAIR);
    broadcast(SPECIES, Double.POSITIVE_INFINITY)
        .blend(
            fromArray(SPECIES, failed, lane),
            xSmallest.compare(VectorOperators.GE, BatchKernels.SMALLEST_SAFE_SQUARE))
        .intoArray(failed, lane);
    broadcast(SPECIES, Double.POSITIVE_INFINITY)
        .blend(
            fromArray(SPECIES, failed, lane + COUNT),
            ySmallest.compare(VectorOperators.GE, BatchKernels.SMALLEST_SAFE_SQUARE))
        .intoArray(failed, lane + COUNT);
  }
}
