package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;
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
 * lane does the same as if it were alone, and no lane waits for another to converge.
 */
final class BatchQl {
  private BatchQl() {}

  static void solve(
      int n, int maxSweeps, double[] d, double[] e, double[] q, double[] work, double[] failed) {
    int cosines = 0;
    int sines = n * GROUP;
    int blocks = 2 * n * GROUP;
    for (int lane = 0; lane < GROUP; lane += COUNT) {
      zero(SPECIES).intoArray(failed, lane);
      findBlocks(n, 0, d, e, lane, failed, work, blocks + lane);
      int low = lowest(n, work, blocks + lane);
      for (int sweep = 0; low < n && sweep < maxSweeps; sweep++) {
        int high = highest(work, blocks + GROUP + lane);
        sweep(n, low, high, d, e, lane, failed, work, lane);
        rotateColumns(n, low, high, work, cosines + lane, sines + lane, q, lane);
        findBlocks(n, low, d, e, lane, failed, work, blocks + lane);
        low = lowest(n, work, blocks + lane);
      }
      fromArray(SPECIES, failed, lane)
          .blend(
              broadcast(SPECIES, 1),
              fromArray(SPECIES, work, blocks + lane).compare(VectorOperators.LT, n))
          .intoArray(failed, lane);
    }
  }

  private static int lowest(int n, double[] work, int starts) {
    double low = n;
    for (int lane = starts; lane < starts + COUNT; lane++) {
      low = Math.min(low, work[lane]);
    }
    return (int) low;
  }

  private static int highest(double[] work, int ends) {
    double high = 0;
    for (int lane = ends; lane < ends + COUNT; lane++) {
      high = Math.max(high, work[lane]);
    }
    return (int) high;
  }

  /**
   * Where the lowest unreduced block of each lane starts (n if there is none) and ends, and where
   * its sweep begins: the last diagonal element less Wilkinson's shift.
   */
  private static void findBlocks(
      int n, int low, double[] d, double[] e, int lane, double[] failed, double[] work, int blocks) {
    VectorMask<Double> givenUp =
        fromArray(SPECIES, failed, lane).compare(VectorOperators.GT, 0);
    DoubleVector start = broadcast(SPECIES, n);
    DoubleVector end = zero(SPECIES);
    DoubleVector first = zero(SPECIES);
    DoubleVector second = zero(SPECIES);
    DoubleVector between = broadcast(SPECIES, 1);
    DoubleVector last = zero(SPECIES);
    DoubleVector above = fromArray(SPECIES, d, lane + (n - 1) * GROUP);
    DoubleVector cut = broadcast(SPECIES, n - 1);
    DoubleVector atCut = fromArray(SPECIES, d, lane + (n - 1) * GROUP);
    for (int i = n - 2; i >= low; i--) {
      int at = lane + i * GROUP;
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
    end.intoArray(work, blocks + GROUP);
    last.sub(first).add(between.div(theta.add(signed))).intoArray(work, blocks + 2 * GROUP);
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
      int cosines) {
    int sines = cosines + n * GROUP;
    int blocks = sines + n * GROUP;
    DoubleVector start = fromArray(SPECIES, work, blocks);
    DoubleVector top = fromArray(SPECIES, work, blocks + GROUP).sub(1);
    DoubleVector begin = fromArray(SPECIES, work, blocks + 2 * GROUP);
    DoubleVector one = broadcast(SPECIES, 1);
    DoubleVector trouble = fromArray(SPECIES, failed, lane);
    DoubleVector g = zero(SPECIES);
    DoubleVector s = broadcast(SPECIES, 1);
    DoubleVector c = broadcast(SPECIES, 1);
    DoubleVector shiftedBy = zero(SPECIES);
    DoubleVector dAbove = fromArray(SPECIES, d, lane + high * GROUP);
    DoubleVector eAbove = fromArray(SPECIES, e, lane + high * GROUP);
    for (int i = high - 1; i >= low; i--) {
      int at = lane + i * GROUP;
      DoubleVector ei = fromArray(SPECIES, e, at);
      DoubleVector di = fromArray(SPECIES, d, at);
      VectorMask<Double> begins = top.compare(VectorOperators.EQ, i);
      VectorMask<Double> ends = start.compare(VectorOperators.EQ, i);
      VectorMask<Double> inside =
          top.compare(VectorOperators.GE, i).and(start.compare(VectorOperators.LE, i));
      g = g.blend(begin, begins);
      s = s.blend(one, begins);
      c = c.blend(one, begins);
      shiftedBy = shiftedBy.blend(zero(SPECIES), begins);
      DoubleVector f = s.mul(ei);
      DoubleVector b = c.mul(ei);
      DoubleVector square = f.fma(f, g.mul(g));
      trouble =
          trouble.blend(
              one, square.compare(VectorOperators.LT, BatchKernels.SMALLEST_SAFE_SQUARE).and(inside));
      DoubleVector r = square.sqrt();
      eAbove
          .blend(r, top.compare(VectorOperators.GT, i).and(inside))
          .intoArray(e, at + GROUP);
      s = f.div(r);
      c = g.div(r);
      DoubleVector shifted = dAbove.sub(shiftedBy);
      DoubleVector t = di.sub(shifted).fma(s, c.mul(b.add(b)));
      shiftedBy = s.mul(t);
      dAbove.blend(shifted.add(shiftedBy), inside).intoArray(d, at + GROUP);
      g = c.fma(t, b.neg());
      one.blend(c, inside).intoArray(work, cosines + i * GROUP);
      zero(SPECIES).blend(s, inside).intoArray(work, sines + i * GROUP);
      dAbove = di.blend(di.sub(shiftedBy), ends);
      eAbove = ei.blend(g, ends);
    }
    dAbove.intoArray(d, lane + low * GROUP);
    eAbove.intoArray(e, lane + low * GROUP);
    trouble.intoArray(failed, lane);
  }

  /** The rotations of a sweep on Q: column i and i + 1, for i = high − 1 … low. */
  private static void rotateColumns(
      int n, int low, int high, double[] work, int cosines, int sines, double[] q, int lane) {
    int row = 0;
    for (; row < n - 3; row += 4) {
      rotateFourRows(n, low, high, work, cosines, sines, q, lane + row * GROUP);
    }
    for (; row < n; row++) {
      rotateRow(n, low, high, work, cosines, sines, q, lane + row * GROUP);
    }
  }

  private static void rotateFourRows(
      int n, int low, int high, double[] work, int cosines, int sines, double[] q, int first) {
    int step = n * GROUP;
    int above = first + high * step;
    DoubleVector w = fromArray(SPECIES, q, above);
    DoubleVector x = fromArray(SPECIES, q, above + GROUP);
    DoubleVector y = fromArray(SPECIES, q, above + 2 * GROUP);
    DoubleVector z = fromArray(SPECIES, q, above + 3 * GROUP);
    for (int i = high - 1; i >= low; i--) {
      DoubleVector c = fromArray(SPECIES, work, cosines + i * GROUP);
      DoubleVector s = fromArray(SPECIES, work, sines + i * GROUP);
      DoubleVector minusS = s.neg();
      int at = above - step;
      DoubleVector wNext = fromArray(SPECIES, q, at);
      DoubleVector xNext = fromArray(SPECIES, q, at + GROUP);
      DoubleVector yNext = fromArray(SPECIES, q, at + 2 * GROUP);
      DoubleVector zNext = fromArray(SPECIES, q, at + 3 * GROUP);
      w.fma(c, wNext.mul(s)).intoArray(q, above);
      x.fma(c, xNext.mul(s)).intoArray(q, above + GROUP);
      y.fma(c, yNext.mul(s)).intoArray(q, above + 2 * GROUP);
      z.fma(c, zNext.mul(s)).intoArray(q, above + 3 * GROUP);
      w = w.fma(minusS, wNext.mul(c));
      x = x.fma(minusS, xNext.mul(c));
      y = y.fma(minusS, yNext.mul(c));
      z = z.fma(minusS, zNext.mul(c));
      above = at;
    }
    w.intoArray(q, above);
    x.intoArray(q, above + GROUP);
    y.intoArray(q, above + 2 * GROUP);
    z.intoArray(q, above + 3 * GROUP);
  }

  private static void rotateRow(
      int n, int low, int high, double[] work, int cosines, int sines, double[] q, int first) {
    int step = n * GROUP;
    int above = first + high * step;
    DoubleVector w = fromArray(SPECIES, q, above);
    for (int i = high - 1; i >= low; i--) {
      DoubleVector c = fromArray(SPECIES, work, cosines + i * GROUP);
      DoubleVector s = fromArray(SPECIES, work, sines + i * GROUP);
      int at = above - step;
      DoubleVector next = fromArray(SPECIES, q, at);
      w.fma(c, next.mul(s)).intoArray(q, above);
      w = w.fma(s.neg(), next.mul(c));
      above = at;
    }
    w.intoArray(q, above);
  }
}
