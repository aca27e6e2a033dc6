package eigengrad.simd;

import static eigengrad.simd.BatchKernels.PAIR;
import static eigengrad.simd.BatchKernels.columnStride;

/** Implicit QL on one matrix of a group: what each lane of {@link BatchQl} does. */
final class ScalarBatchQl {
  private ScalarBatchQl() {}

  /** Returns whether it converged. */
  static boolean solve(
      int n, int maxSweeps, double[] d, double[] e, double[] q, double[] work, int lane) {
    int sweeps = 0;
    for (int start = 0; start < n; ) {
      int end = start;
      while (end < n - 1 && !negligible(d, e, lane + end * PAIR)) {
        end++;
      }
      if (end == start) {
        start++;
      } else if (sweeps++ == maxSweeps || !sweep(n, start, end, d, e, work, lane)) {
        return false;
      } else {
        for (int i = end - 1; i >= start; i--) {
          rotate(
              n, q, lane + i * columnStride(n), work[lane + i * PAIR], work[lane + (n + i) * PAIR]);
        }
      }
    }
    return true;
  }

  private static boolean negligible(double[] d, double[] e, int at) {
    return e[at] * e[at]
        <= Math.abs(d[at] * d[at + PAIR]) * BatchKernels.SQUARED_ROUNDOFF
            + BatchKernels.SQUARED_FLOOR;
  }

  /** Returns whether all rotations are good to working precision. */
  private static boolean sweep(
      int n, int start, int end, double[] d, double[] e, double[] work, int lane) {
    int bottom = lane + start * PAIR;
    double theta = (d[bottom + PAIR] - d[bottom]) / (2 * e[bottom]);
    double root = Math.sqrt(theta * theta + 1);
    double g =
        d[lane + end * PAIR] - d[bottom] + e[bottom] / (theta < 0 ? theta - root : theta + root);
    double s = 1;
    double c = 1;
    double shiftedBy = 0;
    for (int i = end - 1; i >= start; i--) {
      int at = lane + i * PAIR;
      double f = s * e[at];
      double b = c * e[at];
      double square = f * f + g * g;
      if (square < BatchKernels.SMALLEST_SAFE_SQUARE) {
        return false;
      }
      double r = Math.sqrt(square);
      e[at + PAIR] = i == end - 1 ? 0 : r;
      s = f / r;
      c = g / r;
      double shifted = d[at + PAIR] - shiftedBy;
      double t = (d[at] - shifted) * s + 2 * c * b;
      shiftedBy = s * t;
      d[at + PAIR] = shifted + shiftedBy;
      g = c * t - b;
      work[at] = c;
      work[at + n * PAIR] = s;
    }
    d[bottom] -= shiftedBy;
    e[bottom] = g;
    return true;
  }

  /** Columns i and i + 1 of Q. */
  private static void rotate(int n, double[] q, int column, double c, double s) {
    int next = columnStride(n);
    for (int i = column; i < column + n * PAIR; i += PAIR) {
      double x = q[i];
      double y = q[i + next];
      q[i + next] = s * x + c * y;
      q[i] = c * x - s * y;
    }
  }
}
