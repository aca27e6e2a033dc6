package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.vector.BatchBlocks.END;
import static eigengrad.simd.vector.BatchBlocks.START;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import eigengrad.simd.DoubleFormat;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Where {@link BatchBidiagonalQr} sweeps next, and by which shift: rows of {@code work} after those
 * of {@link BatchBlocks}.
 */
final class BatchBidiagonalBlocks {
  /** Near an eigenvalue of the block's BᵀB; 0 where a diagonal element is negligible. */
  static final int SHIFT = 2 * PAIR;

  /** The last off-diagonal element of that BᵀB; 0 where the shift is to stay. */
  private static final int BETWEEN = 3 * PAIR;

  /** What is negligible. */
  private static final int BOUND = 4 * PAIR;

  private BatchBidiagonalBlocks() {}

  /** An ulp of the largest element. */
  static void chooseBound(int n, double[] d, double[] e, int lane, double[] work, int blocks) {
    DoubleVector largest = fromArray(SPECIES, d, lane).abs();
    for (int i = lane + PAIR; i < lane + n * PAIR; i += PAIR) {
      largest = fromArray(SPECIES, d, i).abs().max(fromArray(SPECIES, e, i).abs()).max(largest);
    }
    largest.mul(DoubleFormat.ULP).intoArray(work, blocks + BOUND);
  }

  /** No element counts. */
  static void neglectAll(double[] work, int blocks) {
    broadcast(SPECIES, Double.POSITIVE_INFINITY).intoArray(work, blocks + BOUND);
  }

  static void markUnconverged(double[] work, int blocks, double[] failed, int lane) {
    zero(SPECIES)
        .blend(
            broadcast(SPECIES, 1),
            fromArray(SPECIES, work, blocks + END).compare(VectorOperators.GT, 0.0))
        .intoArray(failed, lane);
  }

  /**
   * The highest unreduced blocks, and Wilkinson's shifts for them: the eigenvalue of the last two
   * rows of BᵀB that is nearer to the last diagonal element. Elements that are negligible become 0.
   */
  static void find(int n, int high, double[] d, double[] e, int lane, double[] work, int blocks) {
    DoubleVector xBound = fromArray(SPECIES, work, blocks + BOUND);
    DoubleVector yBound = fromArray(SPECIES, work, blocks + BOUND + COUNT);
    DoubleVector xStart = broadcast(SPECIES, (double) n);
    DoubleVector yStart = broadcast(SPECIES, (double) n);
    DoubleVector xEnd = zero(SPECIES);
    DoubleVector yEnd = zero(SPECIES);
    DoubleVector xLast = zero(SPECIES);
    DoubleVector yLast = zero(SPECIES);
    DoubleVector xBeforeLast = zero(SPECIES);
    DoubleVector yBeforeLast = zero(SPECIES);
    DoubleVector xAboveLast = zero(SPECIES);
    DoubleVector yAboveLast = zero(SPECIES);
    DoubleVector xAboveBefore = zero(SPECIES);
    DoubleVector yAboveBefore = zero(SPECIES);
    DoubleVector xSmallest = zero(SPECIES);
    DoubleVector ySmallest = zero(SPECIES);
    DoubleVector xCut = zero(SPECIES);
    DoubleVector yCut = zero(SPECIES);
    DoubleVector xBefore = fromArray(SPECIES, d, lane);
    DoubleVector yBefore = fromArray(SPECIES, d, lane + COUNT);
    DoubleVector xAbove = zero(SPECIES);
    DoubleVector yAbove = zero(SPECIES);
    DoubleVector xLeast = xBefore.abs();
    DoubleVector yLeast = yBefore.abs();
    for (int i = 1; i <= high; i++) {
      int at = lane + i * PAIR;
      DoubleVector index = broadcast(SPECIES, (double) i);
      DoubleVector xd = fromArray(SPECIES, d, at);
      DoubleVector yd = fromArray(SPECIES, d, at + COUNT);
      DoubleVector xe = fromArray(SPECIES, e, at);
      DoubleVector ye = fromArray(SPECIES, e, at + COUNT);
      VectorMask<Double> xCounts = xe.abs().compare(VectorOperators.GT, xBound);
      VectorMask<Double> yCounts = ye.abs().compare(VectorOperators.GT, yBound);
      VectorMask<Double> xNeglected = xCounts.not();
      VectorMask<Double> yNeglected = yCounts.not();
      xLeast = xd.abs().blend(xd.abs().min(xLeast), xCounts);
      yLeast = yd.abs().blend(yd.abs().min(yLeast), yCounts);
      xStart = xCut.blend(xStart, xNeglected);
      yStart = yCut.blend(yStart, yNeglected);
      xEnd = index.blend(xEnd, xNeglected);
      yEnd = index.blend(yEnd, yNeglected);
      xLast = xd.blend(xLast, xNeglected);
      yLast = yd.blend(yLast, yNeglected);
      xBeforeLast = xBefore.blend(xBeforeLast, xNeglected);
      yBeforeLast = yBefore.blend(yBeforeLast, yNeglected);
      xAboveLast = xe.blend(xAboveLast, xNeglected);
      yAboveLast = ye.blend(yAboveLast, yNeglected);
      xAboveBefore = xAbove.blend(xAboveBefore, xNeglected);
      yAboveBefore = yAbove.blend(yAboveBefore, yNeglected);
      xSmallest = xLeast.blend(xSmallest, xNeglected);
      ySmallest = yLeast.blend(ySmallest, yNeglected);
      xCut = index.blend(xCut, xCounts);
      yCut = index.blend(yCut, yCounts);
      xAbove = zero(SPECIES).blend(xe, xCounts);
      yAbove = zero(SPECIES).blend(ye, yCounts);
      xAbove.intoArray(e, at);
      yAbove.intoArray(e, at + COUNT);
      xBefore = xd;
      yBefore = yd;
    }
    xStart.intoArray(work, blocks + START);
    yStart.intoArray(work, blocks + START + COUNT);
    xEnd.intoArray(work, blocks + END);
    yEnd.intoArray(work, blocks + END + COUNT);
    DoubleVector xDiagonal = xLast.fma(xLast, xAboveLast.mul(xAboveLast));
    DoubleVector yDiagonal = yLast.fma(yLast, yAboveLast.mul(yAboveLast));
    DoubleVector xOther = xBeforeLast.fma(xBeforeLast, xAboveBefore.mul(xAboveBefore));
    DoubleVector yOther = yBeforeLast.fma(yBeforeLast, yAboveBefore.mul(yAboveBefore));
    DoubleVector xBetween = xBeforeLast.mul(xAboveLast);
    DoubleVector yBetween = yBeforeLast.mul(yAboveLast);
    DoubleVector xHalf = xOther.sub(xDiagonal).mul(0.5);
    DoubleVector yHalf = yOther.sub(yDiagonal).mul(0.5);
    DoubleVector xSquare = xBetween.mul(xBetween);
    DoubleVector ySquare = yBetween.mul(yBetween);
    DoubleVector xRoot = xHalf.fma(xHalf, xSquare).sqrt();
    DoubleVector yRoot = yHalf.fma(yHalf, ySquare).sqrt();
    DoubleVector xSigned = xRoot.blend(xRoot.neg(), xHalf.compare(VectorOperators.LT, 0.0));
    DoubleVector ySigned = yRoot.blend(yRoot.neg(), yHalf.compare(VectorOperators.LT, 0.0));
    DoubleVector xShift = xDiagonal.sub(xSquare.div(xHalf.add(xSigned))).max(0);
    DoubleVector yShift = yDiagonal.sub(ySquare.div(yHalf.add(ySigned))).max(0);
    zero(SPECIES)
        .blend(xShift, xSmallest.compare(VectorOperators.GT, xBound))
        .intoArray(work, blocks + SHIFT);
    zero(SPECIES)
        .blend(yShift, ySmallest.compare(VectorOperators.GT, yBound))
        .intoArray(work, blocks + SHIFT + COUNT);
    zero(SPECIES)
        .blend(xBetween, xSmallest.compare(VectorOperators.GT, xBound))
        .intoArray(work, blocks + BETWEEN);
    zero(SPECIES)
        .blend(yBetween, ySmallest.compare(VectorOperators.GT, yBound))
        .intoArray(work, blocks + BETWEEN + COUNT);
  }

  /**
   * Laguerre's step from the shift of each lane towards an eigenvalue of BᵀB, under the conditions
   * of {@link BatchQr}'s. With Pᵢ the characteristic polynomial of the block's first i columns and
   * Rᵢ that of so many with the element beside them: Rᵢ = Pᵢ − eᵢ²Rᵢ₋₁, Pᵢ₊₁ = λRᵢ − dᵢ²Pᵢ. So no
   * square of B is added to another, and small eigenvalues keep their digits.
   */
  static void stepShifts(
      int low, int high, double[] d, double[] e, int lane, double[] work, int blocks) {
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
    // P, R and of each the derivative and half the second one.
    DoubleVector xP = broadcast(SPECIES, 1);
    DoubleVector yP = broadcast(SPECIES, 1);
    DoubleVector xSlope = zero(SPECIES);
    DoubleVector ySlope = zero(SPECIES);
    DoubleVector xBend = zero(SPECIES);
    DoubleVector yBend = zero(SPECIES);
    DoubleVector xR = zero(SPECIES);
    DoubleVector yR = zero(SPECIES);
    DoubleVector xRSlope = zero(SPECIES);
    DoubleVector yRSlope = zero(SPECIES);
    DoubleVector xRBend = zero(SPECIES);
    DoubleVector yRBend = zero(SPECIES);
    for (int i = low; i <= high; i++) {
      int at = lane + i * PAIR;
      DoubleVector index = broadcast(SPECIES, (double) i);
      VectorMask<Double> xOutside = xMiddle.sub(index).abs().compare(VectorOperators.GT, xReach);
      VectorMask<Double> yOutside = yMiddle.sub(index).abs().compare(VectorOperators.GT, yReach);
      DoubleVector xe = fromArray(SPECIES, e, at);
      DoubleVector ye = fromArray(SPECIES, e, at + COUNT);
      DoubleVector xd = fromArray(SPECIES, d, at);
      DoubleVector yd = fromArray(SPECIES, d, at + COUNT);
      DoubleVector xMinusSquare = xe.mul(xe.neg());
      DoubleVector yMinusSquare = ye.mul(ye.neg());
      xR = xMinusSquare.fma(xR, xP);
      yR = yMinusSquare.fma(yR, yP);
      xRSlope = xMinusSquare.fma(xRSlope, xSlope);
      yRSlope = yMinusSquare.fma(yRSlope, ySlope);
      xRBend = xMinusSquare.fma(xRBend, xBend);
      yRBend = yMinusSquare.fma(yRBend, yBend);
      xMinusSquare = xd.mul(xd.neg());
      yMinusSquare = yd.mul(yd.neg());
      xBend = xRBend.fma(xShift, xMinusSquare.fma(xBend, xRSlope)).blend(xBend, xOutside);
      yBend = yRBend.fma(yShift, yMinusSquare.fma(yBend, yRSlope)).blend(yBend, yOutside);
      xSlope = xRSlope.fma(xShift, xMinusSquare.fma(xSlope, xR)).blend(xSlope, xOutside);
      ySlope = yRSlope.fma(yShift, yMinusSquare.fma(ySlope, yR)).blend(ySlope, yOutside);
      xP = xR.fma(xShift, xMinusSquare.mul(xP)).blend(xP, xOutside);
      yP = yR.fma(yShift, yMinusSquare.mul(yP)).blend(yP, yOutside);
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
            xShift.sub(xStep).max(0),
            xStep.abs().compare(VectorOperators.LE, xBetween.add(xBetween).abs()));
    DoubleVector yNear =
        yShift.blend(
            yShift.sub(yStep).max(0),
            yStep.abs().compare(VectorOperators.LE, yBetween.add(yBetween).abs()));
    xShift
        .blend(xNear, xSquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE))
        .intoArray(work, blocks + SHIFT);
    yShift
        .blend(yNear, ySquare.compare(VectorOperators.GE, DoubleFormat.SMALLEST_SAFE_SQUARE))
        .intoArray(work, blocks + SHIFT + COUNT);
  }
}
