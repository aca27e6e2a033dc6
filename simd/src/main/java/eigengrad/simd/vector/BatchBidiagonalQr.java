package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.BatchSolver;
import eigengrad.simd.BatchSvd;
import eigengrad.simd.DoubleFormat;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Implicit QR for bidiagonal matrices in lock-step, one matrix per lane, as {@link BatchQr}: each
 * lane sweeps its highest unreduced block, and outside of it rotates by nothing. A sweep has two
 * chains of rotations, of columns for V and of rows for U.
 */
final class BatchBidiagonalQr {
  private BatchBidiagonalQr() {}

  /** For two vectors of matrices, the second of which may not be wanted. */
  static void solve(
      int m,
      int n,
      int lane,
      int lanes,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] u,
      double[] v,
      double[] work,
      double[] failed) {
    int ofRows = 2 * n * BatchSolver.SWEEPS * PAIR;
    int blocks = 2 * ofRows + lane;
    int end = Math.min(lanes, lane + 2 * COUNT);
    zero(SPECIES).intoArray(e, lane + n * PAIR);
    zero(SPECIES).intoArray(e, lane + n * PAIR + COUNT);
    BatchBidiagonalBlocks.chooseBound(n, d, e, lane, work, blocks);
    // A vector that is not wanted is given up before it begins.
    BatchBidiagonalBlocks.chooseBound(n, d, e, lane + COUNT, work, blocks + COUNT);
    if (lane + COUNT >= lanes) {
      BatchBidiagonalBlocks.neglectAll(work, blocks + COUNT);
    }
    int collected = 0;
    int collectedLow = n;
    int collectedHigh = n - 1;
    BatchBidiagonalBlocks.find(n, n - 1, d, e, lane, work, blocks);
    int high = BatchBlocks.highest(work, blocks);
    for (int sweep = 0; high > 0 && sweep < maxSweeps; sweep++) {
      int low = BatchBlocks.lowest(work, blocks);
      for (int step = 0; step < BatchSvd.SHIFT_STEPS; step++) {
        BatchBidiagonalBlocks.stepShifts(low, high, d, e, lane, work, blocks);
      }
      int rotations = 2 * n * collected * PAIR + lane;
      collectedLow = Math.min(collectedLow, low);
      BatchRotations.keepNone(n, 0, low, work, rotations);
      BatchRotations.keepNone(n, 0, low, work, ofRows + rotations);
      sweep(n, low, high, d, e, lane, work, blocks, rotations, ofRows + rotations);
      BatchRotations.keepNone(n, high, collectedHigh, work, rotations);
      BatchRotations.keepNone(n, high, collectedHigh, work, ofRows + rotations);
      BatchBidiagonalBlocks.find(n, high, d, e, lane, work, blocks);
      high = BatchBlocks.highest(work, blocks);
      if (++collected == BatchSolver.SWEEPS) {
        if (vectors) {
          BatchRotations.apply(n, n, collected, collectedLow, collectedHigh, work, 0, v, lane, end);
          BatchRotations.apply(
              m, n, collected, collectedLow, collectedHigh, work, ofRows, u, lane, end);
        }
        collected = 0;
        collectedLow = n;
        collectedHigh = high;
      }
    }
    if (vectors && collected > 0) {
      BatchRotations.apply(n, n, collected, collectedLow, collectedHigh, work, 0, v, lane, end);
      BatchRotations.apply(
          m, n, collected, collectedLow, collectedHigh, work, ofRows, u, lane, end);
    }
    for (int at = lane; at < end; at += COUNT) {
      BatchBidiagonalBlocks.markUnconverged(work, blocks + at - lane, failed, at);
      makePositive(n, vectors, d, v, at);
    }
  }

  private static void makePositive(int n, boolean vectors, double[] d, double[] v, int lane) {
    for (int j = 0; j < n; j++) {
      DoubleVector value = fromArray(SPECIES, d, lane + j * PAIR);
      value.abs().intoArray(d, lane + j * PAIR);
      if (vectors && value.compare(VectorOperators.LT, 0.0).anyTrue()) {
        DoubleVector sign =
            broadcast(SPECIES, 1)
                .blend(broadcast(SPECIES, -1), value.compare(VectorOperators.LT, 0.0));
        int column = lane + j * columnStride(n);
        for (int i = column; i < column + n * PAIR; i += PAIR) {
          fromArray(SPECIES, v, i).mul(sign).intoArray(v, i);
        }
      }
    }
  }

  /**
   * Chases the bulge of each lane from the start of its block to the end, by a rotation of two
   * columns and one of two rows at each step, and keeps the rotations. What would be rotated from
   * squares that lose digits to underflow is left as it is: it is negligible.
   *
   * <p>The first rotation is that of (d² − λ, de), the first column of BᵀB − λI; of (d, e) where λ
   * = 0.
   */
  private static void sweep(
      int n,
      int low,
      int high,
      double[] d,
      double[] e,
      int lane,
      double[] work,
      int blocks,
      int ofColumns,
      int ofRows) {
    int sines = n * PAIR;
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector xStart = fromArray(SPECIES, work, blocks + BatchBlocks.START);
    DoubleVector yStart = fromArray(SPECIES, work, blocks + BatchBlocks.START + COUNT);
    DoubleVector xTop = fromArray(SPECIES, work, blocks + BatchBlocks.END).sub(1);
    DoubleVector yTop = fromArray(SPECIES, work, blocks + BatchBlocks.END + COUNT).sub(1);
    DoubleVector xMiddle = xStart.add(xTop).mul(0.5);
    DoubleVector yMiddle = yStart.add(yTop).mul(0.5);
    DoubleVector xReach = xTop.sub(xStart).mul(0.5);
    DoubleVector yReach = yTop.sub(yStart).mul(0.5);
    DoubleVector xShift = fromArray(SPECIES, work, blocks + BatchBidiagonalBlocks.SHIFT);
    DoubleVector yShift = fromArray(SPECIES, work, blocks + BatchBidiagonalBlocks.SHIFT + COUNT);
    DoubleVector xd = fromArray(SPECIES, d, lane + low * PAIR);
    DoubleVector yd = fromArray(SPECIES, d, lane + low * PAIR + COUNT);
    // Before the diagonal element, and beside it.
    DoubleVector xe = fromArray(SPECIES, e, lane + low * PAIR);
    DoubleVector ye = fromArray(SPECIES, e, lane + low * PAIR + COUNT);
    DoubleVector xBeside = fromArray(SPECIES, e, lane + low * PAIR + PAIR);
    DoubleVector yBeside = fromArray(SPECIES, e, lane + low * PAIR + PAIR + COUNT);
    DoubleVector xWeight = xd.blend(one, xShift.compare(VectorOperators.EQ, 0.0));
    DoubleVector yWeight = yd.blend(one, yShift.compare(VectorOperators.EQ, 0.0));
    DoubleVector xF = xd.fma(xWeight, xShift.neg());
    DoubleVector yF = yd.fma(yWeight, yShift.neg());
    DoubleVector xG = xBeside.mul(xWeight);
    DoubleVector yG = yBeside.mul(yWeight);
    for (int i = low; i < high; i++) {
      int at = lane + i * PAIR;
      int kept = i * PAIR;
      DoubleVector index = broadcast(SPECIES, (double) i);
      DoubleVector xdNext = fromArray(SPECIES, d, at + PAIR);
      DoubleVector ydNext = fromArray(SPECIES, d, at + PAIR + COUNT);
      DoubleVector xeNext = fromArray(SPECIES, e, at + 2 * PAIR);
      DoubleVector yeNext = fromArray(SPECIES, e, at + 2 * PAIR + COUNT);
      VectorMask<Double> xInside = xMiddle.sub(index).abs().compare(VectorOperators.LE, xReach);
      VectorMask<Double> yInside = yMiddle.sub(index).abs().compare(VectorOperators.LE, yReach);
      DoubleVector xSquare = xF.fma(xF, xG.mul(xG));
      DoubleVector ySquare = yF.fma(yF, yG.mul(yG));
      DoubleVector xR = xSquare.sqrt();
      DoubleVector yR = ySquare.sqrt();
      DoubleVector xInverse = one.div(xR);
      DoubleVector yInverse = one.div(yR);
      // At the start of a block the element before stays 0.
      xe.blend(xR.blend(zero(SPECIES), xStart.compare(VectorOperators.EQ, index)), xInside)
          .intoArray(e, at);
      ye.blend(yR.blend(zero(SPECIES), yStart.compare(VectorOperators.EQ, index)), yInside)
          .intoArray(e, at + COUNT);
      xSquare = zero(SPECIES).blend(xSquare, xInside);
      ySquare = zero(SPECIES).blend(ySquare, yInside);
      VectorMask<Double> xTurns =
          xSquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE);
      VectorMask<Double> yTurns =
          ySquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE);
      DoubleVector xC = one.blend(xF.mul(xInverse), xTurns);
      DoubleVector yC = one.blend(yF.mul(yInverse), yTurns);
      DoubleVector xS = zero(SPECIES).blend(xG.mul(xInverse), xTurns);
      DoubleVector yS = zero(SPECIES).blend(yG.mul(yInverse), yTurns);
      xC.intoArray(work, ofColumns + kept);
      yC.intoArray(work, ofColumns + kept + COUNT);
      xS.intoArray(work, ofColumns + sines + kept);
      yS.intoArray(work, ofColumns + sines + kept + COUNT);
      xF = xC.fma(xd, xS.mul(xBeside));
      yF = yC.fma(yd, yS.mul(yBeside));
      xBeside = xC.fma(xBeside, xS.mul(xd).neg());
      yBeside = yC.fma(yBeside, yS.mul(yd).neg());
      xG = xS.mul(xdNext);
      yG = yS.mul(ydNext);
      DoubleVector xBelow = xC.mul(xdNext);
      DoubleVector yBelow = yC.mul(ydNext);
      xSquare = xF.fma(xF, xG.mul(xG));
      ySquare = yF.fma(yF, yG.mul(yG));
      xR = xSquare.sqrt();
      yR = ySquare.sqrt();
      xInverse = one.div(xR);
      yInverse = one.div(yR);
      xd.blend(xR, xInside).intoArray(d, at);
      yd.blend(yR, yInside).intoArray(d, at + COUNT);
      xSquare = zero(SPECIES).blend(xSquare, xInside);
      ySquare = zero(SPECIES).blend(ySquare, yInside);
      xTurns = xSquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE);
      yTurns = ySquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE);
      xC = one.blend(xF.mul(xInverse), xTurns);
      yC = one.blend(yF.mul(yInverse), yTurns);
      xS = zero(SPECIES).blend(xG.mul(xInverse), xTurns);
      yS = zero(SPECIES).blend(yG.mul(yInverse), yTurns);
      xC.intoArray(work, ofRows + kept);
      yC.intoArray(work, ofRows + kept + COUNT);
      xS.intoArray(work, ofRows + sines + kept);
      yS.intoArray(work, ofRows + sines + kept + COUNT);
      xe = xC.fma(xBeside, xS.mul(xBelow));
      ye = yC.fma(yBeside, yS.mul(yBelow));
      xd = xC.fma(xBelow, xS.mul(xBeside).neg());
      yd = yC.fma(yBelow, yS.mul(yBeside).neg());
      xBeside = xC.mul(xeNext);
      yBeside = yC.mul(yeNext);
      // Outside of its block a lane is ready to begin with the next element.
      xWeight = xdNext.blend(one, xShift.compare(VectorOperators.EQ, 0.0));
      yWeight = ydNext.blend(one, yShift.compare(VectorOperators.EQ, 0.0));
      xF = xdNext.fma(xWeight, xShift.neg()).blend(xe, xInside);
      yF = ydNext.fma(yWeight, yShift.neg()).blend(ye, yInside);
      xG = xeNext.mul(xWeight).blend(xS.mul(xeNext), xInside);
      yG = yeNext.mul(yWeight).blend(yS.mul(yeNext), yInside);
    }
    xd.intoArray(d, lane + high * PAIR);
    yd.intoArray(d, lane + high * PAIR + COUNT);
    xe.intoArray(e, lane + high * PAIR);
    ye.intoArray(e, lane + high * PAIR + COUNT);
  }
}
