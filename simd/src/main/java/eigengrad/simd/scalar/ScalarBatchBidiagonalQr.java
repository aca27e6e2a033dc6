package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.BatchSvd;
import eigengrad.simd.DoubleFormat;

/** Implicit QR on one bidiagonal matrix of a lane block: what {@code BatchBidiagonalQr} does. */
final class ScalarBatchBidiagonalQr {
  private ScalarBatchBidiagonalQr() {}

  /** Returns whether it converged. */
  static boolean solve(
      int m,
      int n,
      int maxSweeps,
      boolean vectors,
      double[] d,
      double[] e,
      double[] u,
      double[] v,
      double[] work,
      int lane) {
    double bound = DoubleFormat.ULP * largest(n, d, e, lane);
    e[lane + n * PAIR] = 0;
    int sweeps = 0;
    int end = n - 1;
    while (end > 0) {
      int start = end;
      while (start > 0 && Math.abs(e[lane + start * PAIR]) > bound) {
        start--;
      }
      e[lane + start * PAIR] = 0;
      if (start == end) {
        end--;
      } else if (sweeps++ == maxSweeps) {
        break;
      } else {
        sweep(n, start, end, shift(start, end, bound, d, e, lane), d, e, work, lane);
        for (int i = start; vectors && i < end; i++) {
          int kept = lane + i * PAIR;
          ScalarBatchQr.rotate(n, v, lane + i * columnStride(n), work[kept], work[kept + n * PAIR]);
          kept += 2 * n * PAIR;
          ScalarBatchQr.rotate(m, u, lane + i * columnStride(m), work[kept], work[kept + n * PAIR]);
        }
      }
    }
    makePositive(n, vectors, d, v, lane);
    return end == 0;
  }

  private static double largest(int n, double[] d, double[] e, int lane) {
    double largest = Math.abs(d[lane]);
    for (int i = lane + PAIR; i < lane + n * PAIR; i += PAIR) {
      largest = Math.max(largest, Math.max(Math.abs(d[i]), Math.abs(e[i])));
    }
    return largest;
  }

  private static void makePositive(int n, boolean vectors, double[] d, double[] v, int lane) {
    for (int j = 0; j < n; j++) {
      double value = d[lane + j * PAIR];
      d[lane + j * PAIR] = Math.abs(value);
      int column = lane + j * columnStride(n);
      for (int i = column; vectors && value < 0 && i < column + n * PAIR; i += PAIR) {
        v[i] = -v[i];
      }
    }
  }

  /** Keeps cosines and sines of the columns, then those of the rows. */
  private static void sweep(
      int n, int start, int end, double shift, double[] d, double[] e, double[] work, int lane) {
    int first = lane + start * PAIR;
    double weight = shift == 0 ? 1 : d[first];
    double f = multiplyAdd(d[first], weight, -shift);
    double g = e[first + PAIR] * weight;
    for (int i = start; i < end; i++) {
      int at = lane + i * PAIR;
      double r = rotation(f, g, work, at, n);
      e[at] = i == start ? 0 : r;
      double c = work[at];
      double s = work[at + n * PAIR];
      double beside = e[at + PAIR];
      f = multiplyAdd(c, d[at], s * beside);
      beside = multiplyAdd(c, beside, -(s * d[at]));
      g = s * d[at + PAIR];
      double below = c * d[at + PAIR];
      int ofRows = at + 2 * n * PAIR;
      d[at] = rotation(f, g, work, ofRows, n);
      c = work[ofRows];
      s = work[ofRows + n * PAIR];
      f = multiplyAdd(c, beside, s * below);
      e[at + PAIR] = f;
      d[at + PAIR] = multiplyAdd(c, below, -(s * beside));
      g = s * e[at + 2 * PAIR];
      e[at + 2 * PAIR] *= c;
    }
  }

  /** Keeps c and s with cf + sg = r, cg − sf = 0, and returns r. */
  private static double rotation(double f, double g, double[] work, int cosine, int n) {
    double square = multiplyAdd(f, f, g * g);
    double r = Math.sqrt(square);
    double inverse = 1 / r;
    boolean turns = square >= DoubleFormat.SMALLEST_SAFE_SQUARE;
    work[cosine] = turns ? f * inverse : 1;
    work[cosine + n * PAIR] = turns ? g * inverse : 0;
    return r;
  }

  /**
   * Wilkinson's for BᵀB, brought nearer to an eigenvalue of the block by Laguerre's method; 0 where
   * a diagonal element is negligible.
   */
  private static double shift(int start, int end, double bound, double[] d, double[] e, int lane) {
    for (int i = start; i <= end; i++) {
      if (!(Math.abs(d[lane + i * PAIR]) > bound)) {
        return 0;
      }
    }
    int last = lane + end * PAIR;
    double diagonal = multiplyAdd(d[last], d[last], e[last] * e[last]);
    double aboveOther = e[last - PAIR];
    double other = multiplyAdd(d[last - PAIR], d[last - PAIR], aboveOther * aboveOther);
    double between = d[last - PAIR] * e[last];
    double half = (other - diagonal) * 0.5;
    double square = between * between;
    double root = Math.sqrt(multiplyAdd(half, half, square));
    double shift = Math.max(diagonal - square / (half < 0 ? half - root : half + root), 0);
    for (int i = 0; i < BatchSvd.SHIFT_STEPS; i++) {
      double step = laguerreStep(shift, start, end, d, e, lane);
      // An eigenvalue is within |between|; rounding must not refuse a step of just so much.
      shift = Math.abs(step) <= 2 * Math.abs(between) ? Math.max(shift - step, 0) : shift;
    }
    return shift;
  }

  /** NaN where digits are lost to underflow. */
  private static double laguerreStep(
      double shift, int start, int end, double[] d, double[] e, int lane) {
    double p = 1;
    double slope = 0;
    double bend = 0;
    double r = 0;
    double rSlope = 0;
    double rBend = 0;
    for (int i = start; i <= end; i++) {
      double minusSquare = -e[lane + i * PAIR] * e[lane + i * PAIR];
      r = multiplyAdd(minusSquare, r, p);
      rSlope = multiplyAdd(minusSquare, rSlope, slope);
      rBend = multiplyAdd(minusSquare, rBend, bend);
      minusSquare = -d[lane + i * PAIR] * d[lane + i * PAIR];
      bend = multiplyAdd(shift, rBend, multiplyAdd(minusSquare, bend, rSlope));
      slope = multiplyAdd(shift, rSlope, multiplyAdd(minusSquare, slope, r));
      p = multiplyAdd(shift, r, minusSquare * p);
    }
    return ScalarBatchQr.laguerreStep(end - start, p, slope, bend);
  }
}
