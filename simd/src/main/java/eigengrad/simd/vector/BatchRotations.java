package eigengrad.simd.vector;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;
import static eigengrad.simd.vector.Lanes.COUNT;
import static eigengrad.simd.vector.Lanes.SPECIES;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import jdk.incubator.vector.DoubleVector;

/**
 * The rotations of several QR sweeps on the columns of Q, some rows at a time.
 *
 * <p>Of each sweep there are n cosines and n sines, in the interleaved layout: rotation i turns
 * columns i and i + 1. Two sweeps go in one pass, the second one column behind, so that an element
 * is read and written once for both. Every rotation is the same two sums wherever it is in a pass:
 * where a pass begins and ends depends on other lanes.
 */
final class BatchRotations {
  private BatchRotations() {}

  /** Rotations from … to − 1 of a sweep turn nothing. */
  static void keepNone(int n, int from, int to, double[] work, int rotations) {
    for (int i = from; i < to; i++) {
      int cosine = rotations + i * PAIR;
      broadcast(SPECIES, 1).intoArray(work, cosine);
      broadcast(SPECIES, 1).intoArray(work, cosine + COUNT);
      zero(SPECIES).intoArray(work, cosine + n * PAIR);
      zero(SPECIES).intoArray(work, cosine + n * PAIR + COUNT);
    }
  }

  /**
   * Rotations low … high − 1 of each sweep, one sweep after the other, for lanes lane … end − 1.
   *
   * @param m rows of Q
   * @param n columns of Q
   */
  static void apply(
      int m,
      int n,
      int sweeps,
      int low,
      int high,
      double[] work,
      int rotations,
      double[] q,
      int lane,
      int end) {
    if (sweeps % 2 == 1) {
      keepNone(n, low, high, work, rotations + 2 * n * sweeps * PAIR + lane);
    }
    for (int at = lane; at < end; at += COUNT) {
      int first = rotations + at;
      int row = 0;
      for (; row < m - 3; row += 4) {
        for (int sweep = 0; sweep < sweeps; sweep += 2) {
          fourRows(m, n, low, high, work, first + 2 * n * sweep * PAIR, q, at + row * PAIR);
        }
      }
      for (; row < m; row++) {
        for (int sweep = 0; sweep < sweeps; sweep += 2) {
          oneRow(m, n, low, high, work, first + 2 * n * sweep * PAIR, q, at + row * PAIR);
        }
      }
    }
  }

  private static void fourRows(
      int m, int n, int low, int high, double[] work, int rotations, double[] q, int first) {
    int step = columnStride(m);
    int sines = n * PAIR;
    int second = rotations + 2 * n * PAIR;
    int bottom = first + low * step;
    DoubleVector c = fromArray(SPECIES, work, rotations + low * PAIR);
    DoubleVector s = fromArray(SPECIES, work, rotations + low * PAIR + sines);
    DoubleVector minusS = s.neg();
    DoubleVector w = fromArray(SPECIES, q, bottom);
    DoubleVector x = fromArray(SPECIES, q, bottom + PAIR);
    DoubleVector y = fromArray(SPECIES, q, bottom + 2 * PAIR);
    DoubleVector z = fromArray(SPECIES, q, bottom + 3 * PAIR);
    DoubleVector wNext = fromArray(SPECIES, q, bottom + step);
    DoubleVector xNext = fromArray(SPECIES, q, bottom + step + PAIR);
    DoubleVector yNext = fromArray(SPECIES, q, bottom + step + 2 * PAIR);
    DoubleVector zNext = fromArray(SPECIES, q, bottom + step + 3 * PAIR);
    DoubleVector wBehind = w.fma(c, wNext.mul(s));
    DoubleVector xBehind = x.fma(c, xNext.mul(s));
    DoubleVector yBehind = y.fma(c, yNext.mul(s));
    DoubleVector zBehind = z.fma(c, zNext.mul(s));
    w = minusS.fma(w, wNext.mul(c));
    x = minusS.fma(x, xNext.mul(c));
    y = minusS.fma(y, yNext.mul(c));
    z = minusS.fma(z, zNext.mul(c));
    for (int i = low + 1; i < high; i++) {
      int at = first + i * step;
      c = fromArray(SPECIES, work, rotations + i * PAIR);
      s = fromArray(SPECIES, work, rotations + i * PAIR + sines);
      minusS = s.neg();
      wNext = fromArray(SPECIES, q, at + step);
      xNext = fromArray(SPECIES, q, at + step + PAIR);
      yNext = fromArray(SPECIES, q, at + step + 2 * PAIR);
      zNext = fromArray(SPECIES, q, at + step + 3 * PAIR);
      DoubleVector wDone = w.fma(c, wNext.mul(s));
      DoubleVector xDone = x.fma(c, xNext.mul(s));
      DoubleVector yDone = y.fma(c, yNext.mul(s));
      DoubleVector zDone = z.fma(c, zNext.mul(s));
      w = minusS.fma(w, wNext.mul(c));
      x = minusS.fma(x, xNext.mul(c));
      y = minusS.fma(y, yNext.mul(c));
      z = minusS.fma(z, zNext.mul(c));
      c = fromArray(SPECIES, work, second + (i - 1) * PAIR);
      s = fromArray(SPECIES, work, second + (i - 1) * PAIR + sines);
      minusS = s.neg();
      wBehind.fma(c, wDone.mul(s)).intoArray(q, at - step);
      xBehind.fma(c, xDone.mul(s)).intoArray(q, at - step + PAIR);
      yBehind.fma(c, yDone.mul(s)).intoArray(q, at - step + 2 * PAIR);
      zBehind.fma(c, zDone.mul(s)).intoArray(q, at - step + 3 * PAIR);
      wBehind = minusS.fma(wBehind, wDone.mul(c));
      xBehind = minusS.fma(xBehind, xDone.mul(c));
      yBehind = minusS.fma(yBehind, yDone.mul(c));
      zBehind = minusS.fma(zBehind, zDone.mul(c));
    }
    c = fromArray(SPECIES, work, second + (high - 1) * PAIR);
    s = fromArray(SPECIES, work, second + (high - 1) * PAIR + sines);
    minusS = s.neg();
    int top = first + high * step;
    wBehind.fma(c, w.mul(s)).intoArray(q, top - step);
    xBehind.fma(c, x.mul(s)).intoArray(q, top - step + PAIR);
    yBehind.fma(c, y.mul(s)).intoArray(q, top - step + 2 * PAIR);
    zBehind.fma(c, z.mul(s)).intoArray(q, top - step + 3 * PAIR);
    wBehind.fma(minusS, w.mul(c)).intoArray(q, top);
    xBehind.fma(minusS, x.mul(c)).intoArray(q, top + PAIR);
    yBehind.fma(minusS, y.mul(c)).intoArray(q, top + 2 * PAIR);
    zBehind.fma(minusS, z.mul(c)).intoArray(q, top + 3 * PAIR);
  }

  private static void oneRow(
      int m, int n, int low, int high, double[] work, int rotations, double[] q, int first) {
    int step = columnStride(m);
    int sines = n * PAIR;
    int second = rotations + 2 * n * PAIR;
    int bottom = first + low * step;
    DoubleVector c = fromArray(SPECIES, work, rotations + low * PAIR);
    DoubleVector s = fromArray(SPECIES, work, rotations + low * PAIR + sines);
    DoubleVector minusS = s.neg();
    DoubleVector x = fromArray(SPECIES, q, bottom);
    DoubleVector next = fromArray(SPECIES, q, bottom + step);
    DoubleVector behind = x.fma(c, next.mul(s));
    x = minusS.fma(x, next.mul(c));
    for (int i = low + 1; i < high; i++) {
      int at = first + i * step;
      c = fromArray(SPECIES, work, rotations + i * PAIR);
      s = fromArray(SPECIES, work, rotations + i * PAIR + sines);
      minusS = s.neg();
      next = fromArray(SPECIES, q, at + step);
      DoubleVector done = x.fma(c, next.mul(s));
      x = minusS.fma(x, next.mul(c));
      c = fromArray(SPECIES, work, second + (i - 1) * PAIR);
      s = fromArray(SPECIES, work, second + (i - 1) * PAIR + sines);
      minusS = s.neg();
      behind.fma(c, done.mul(s)).intoArray(q, at - step);
      behind = minusS.fma(behind, done.mul(c));
    }
    c = fromArray(SPECIES, work, second + (high - 1) * PAIR);
    s = fromArray(SPECIES, work, second + (high - 1) * PAIR + sines);
    minusS = s.neg();
    int top = first + high * step;
    behind.fma(c, x.mul(s)).intoArray(q, top - step);
    behind.fma(minusS, x.mul(c)).intoArray(q, top);
  }
}
