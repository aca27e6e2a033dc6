package eigengrad.simd.scalar;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.JacobiOrder;

/** One-sided Jacobi rotations of one matrix of a lane block. */
final class ScalarBatchOrthogonalization {
  private ScalarBatchOrthogonalization() {}

  /** Whether it converged, and no column is too short for it. */
  static boolean solve(
      int m, int n, boolean vectors, int maxSweeps, double[] a, double[] v, int lane) {
    if (vectors) {
      identity(n, v, lane);
    }
    int[] order = JacobiOrder.of(n);
    boolean rotated = n > 1;
    for (int sweep = 0; sweep < maxSweeps && rotated; sweep++) {
      rotated = false;
      for (int pair = 0; pair < order.length; pair += 2) {
        rotated |= rotate(m, n, vectors, order[pair], order[pair + 1], a, v, lane);
      }
    }
    return !rotated && !anyShort(m, n, a, lane);
  }

  private static void identity(int n, double[] v, int lane) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        v[lane + j * columnStride(n) + i * PAIR] = i == j ? 1 : 0;
      }
    }
  }

  private static boolean anyShort(int m, int n, double[] a, int lane) {
    for (int j = 0; j < n; j++) {
      double square = 0;
      double largest = 0;
      int column = lane + j * columnStride(m);
      for (int i = column; i < column + m * PAIR; i += PAIR) {
        square += a[i] * a[i];
        largest = Math.max(largest, Math.abs(a[i]));
      }
      if (square < DoubleFormat.SHORT_SQUARE && largest > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Makes columns p and q orthogonal and p the longer one, as {@code BatchOrthogonalization}.
   *
   * @return whether they were not
   */
  private static boolean rotate(
      int m, int n, boolean vectors, int p, int q, double[] a, double[] v, int lane) {
    int columnP = lane + p * columnStride(m);
    int columnQ = lane + q * columnStride(m);
    double pp = 0;
    double qq = 0;
    double pq = 0;
    for (int i = 0; i < m * PAIR; i += PAIR) {
      double x = a[columnP + i];
      double y = a[columnQ + i];
      pp += x * x;
      qq += y * y;
      pq += x * y;
    }
    boolean swap = qq > pp;
    double c = 1;
    double s = 0;
    if (pq * pq > pp * (m * DoubleFormat.SQUARED_ULP) * qq + DoubleFormat.TINY_SQUARE) {
      double difference = Math.abs(pp - qq);
      double twice = pq + pq;
      double root = Math.sqrt(difference * difference + twice * twice);
      double sum = difference + root;
      double inverse = 1 / Math.sqrt(sum * sum + twice * twice);
      c = sum * inverse;
      s = twice * inverse;
    } else if (!swap) {
      return false;
    }
    turn(m, swap, c, s, a, columnP, columnQ);
    if (vectors) {
      turn(n, swap, c, s, v, lane + p * columnStride(n), lane + q * columnStride(n));
    }
    return true;
  }

  private static void turn(int m, boolean swap, double c, double s, double[] x, int p, int q) {
    int from = swap ? q : p;
    int with = swap ? p : q;
    for (int i = 0; i < m * PAIR; i += PAIR) {
      double longer = x[from + i];
      double other = x[with + i];
      x[p + i] = c * longer + s * other;
      x[q + i] = c * other - s * longer;
    }
  }
}
