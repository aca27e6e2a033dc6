package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.BatchSolver;
import eigengrad.simd.DoubleFormat;

/** Implicit QR on one matrix of a lane block: what each lane of {@code BatchQr} does. */
final class ScalarBatchQr {
  private ScalarBatchQr() {}

  /** Returns 0, or 1 where it did not converge, or ∞ where it was given up. */
  static double solve(
      int n,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] q,
      double[] work,
      int lane) {
    int sweeps = 0;
    for (int end = n - 1; end > 0; ) {
      int start = end;
      while (start > 0 && !negligible(d, e, lane + start * PAIR)) {
        start--;
      }
      e[lane + start * PAIR] = 0;
      if (start == end) {
        end--;
      } else if (sweeps++ == maxSweeps) {
        return 1;
      } else if (!sweep(n, start, end, d, e, work, lane)) {
        return Double.POSITIVE_INFINITY;
      } else {
        for (int i = start; vectors && i < end; i++) {
          rotate(
              n, q, lane + i * columnStride(n), work[lane + i * PAIR], work[lane + (n + i) * PAIR]);
        }
      }
    }
    return 0;
  }

  /** Whether the element beside dᵢ₋₁ and dᵢ is. */
  private static boolean negligible(double[] d, double[] e, int at) {
    double bound =
        multiplyAdd(
            Math.abs(d[at] * d[at - PAIR]),
            DoubleFormat.SQUARED_ROUNDOFF,
            DoubleFormat.SQUARED_FLOOR);
    return !(e[at] * e[at] > bound);
  }

  /** Returns whether all rotations are good to working precision. */
  private static boolean sweep(
      int n, int start, int end, double[] d, double[] e, double[] work, int lane) {
    double g = d[lane + start * PAIR] - shift(n, start, end, d, e, lane);
    double s = 1;
    double c = 1;
    for (int i = start; i < end; i++) {
      int at = lane + i * PAIR;
      double f = s * e[at + PAIR];
      double b = c * e[at + PAIR];
      double square = multiplyAdd(f, f, g * g);
      if (square < DoubleFormat.SMALLEST_SAFE_SQUARE) {
        return false;
      }
      double r = Math.sqrt(square);
      e[at] = i == start ? 0 : r;
      s = f / r;
      c = g / r;
      double t = multiplyAdd(d[at + PAIR] - d[at], s, c * (b + b));
      d[at] += s * t;
      d[at + PAIR] -= s * t;
      g = multiplyAdd(c, t, -b);
      work[at] = c;
      work[at + n * PAIR] = s;
    }
    e[lane + end * PAIR] = g;
    return true;
  }

  /** Wilkinson's, brought nearer to an eigenvalue of the block by Laguerre's method. */
  private static double shift(int n, int start, int end, double[] d, double[] e, int lane) {
    int last = lane + end * PAIR;
    double half = (d[last - PAIR] - d[last]) * 0.5;
    double square = e[last] * e[last];
    double root = Math.sqrt(multiplyAdd(half, half, square));
    double shift = d[last] - square / (half < 0 ? half - root : half + root);
    for (int i = 0; i < BatchSolver.shiftSteps(n); i++) {
      double step = laguerreStep(shift, start, end, d, e, lane);
      // An eigenvalue is within |e|; rounding must not refuse a step of just so much.
      shift = Math.abs(step) <= 2 * Math.abs(e[last]) ? shift - step : shift;
    }
    return shift;
  }

  /** NaN where digits are lost to underflow. */
  private static double laguerreStep(
      double shift, int start, int end, double[] d, double[] e, int lane) {
    double p = 1;
    double slope = 0;
    double bend = 0;
    double pBefore = 0;
    double slopeBefore = 0;
    double bendBefore = 0;
    for (int i = start; i <= end; i++) {
      double factor = d[lane + i * PAIR] - shift;
      double square = e[lane + i * PAIR] * e[lane + i * PAIR];
      double bendNext = multiplyAdd(factor, bend, multiplyAdd(-square, bendBefore, -slope));
      double slopeNext = multiplyAdd(factor, slope, multiplyAdd(-square, slopeBefore, -p));
      double pNext = multiplyAdd(factor, p, -square * pBefore);
      pBefore = p;
      slopeBefore = slope;
      bendBefore = bend;
      p = pNext;
      slope = slopeNext;
      bend = bendNext;
    }
    return laguerreStep(end - start, p, slope, bend);
  }

  /**
   * Laguerre's step towards a root of a polynomial whose order is one more than the others of its
   * roots, from its value, its derivative and half the second one; NaN where digits are lost to
   * underflow.
   */
  static double laguerreStep(double others, double p, double slope, double bend) {
    double order = others + 1;
    double square = others * (others * slope * slope - order * p * (bend + bend));
    if (!(square >= DoubleFormat.SMALLEST_SAFE_SQUARE)) {
      return Double.NaN;
    }
    double root = Math.sqrt(square);
    return order * p / (slope < 0 ? slope - root : slope + root);
  }

  /** Columns i and i + 1 of Q. */
  static void rotate(int rows, double[] q, int column, double c, double s) {
    int next = columnStride(rows);
    for (int i = column; i < column + rows * PAIR; i += PAIR) {
      double x = q[i];
      double y = q[i + next];
      q[i] = multiplyAdd(x, c, y * s);
      q[i + next] = multiplyAdd(x, -s, y * c);
    }
  }
}
