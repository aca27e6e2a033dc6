package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.JacobiOrder;

/**
 * One-sided Jacobi rotations of one matrix of a lane block: what each lane of {@code
 * BatchOrthogonalization} does, but for the signs of zeros.
 */
final class ScalarBatchOrthogonalization {
  private ScalarBatchOrthogonalization() {}

  /** Returns 0 if it converged and no column is too short for it; something positive if not. */
  static double solve(
      int m, int n, boolean vectors, int maxSweeps, double[] a, double[] v, int lane) {
    boolean converged = sweep(m, n, vectors, maxSweeps, a, v, lane);
    double mark = markShort(m, n, a, lane);
    return converged ? mark : Math.max(mark, markUnconverged(m, n, a, lane));
  }

  private static boolean sweep(
      int m, int n, boolean vectors, int maxSweeps, double[] a, double[] v, int lane) {
    if (vectors) {
      identity(n, v, lane);
    }
    int[] order = JacobiOrder.of(n);
    for (int sweep = 0; sweep < maxSweeps; sweep++) {
      boolean rotated = false;
      for (int pair = 0; pair < order.length; pair += 2) {
        rotated |= rotate(m, n, vectors, order[pair], order[pair + 1], a, v, lane);
      }
      if (!rotated) {
        return true;
      }
    }
    return false;
  }

  private static void identity(int n, double[] v, int lane) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        v[lane + j * columnStride(n) + i * PAIR] = i == j ? 1 : 0;
      }
    }
  }

  /** Positive if a column is not zero, but too short. */
  private static double markShort(int m, int n, double[] a, int lane) {
    double mark = 0;
    for (int j = 0; j < n; j++) {
      double square = 0;
      double largest = 0;
      int column = lane + j * columnStride(m);
      for (int i = column; i < column + m * PAIR; i += PAIR) {
        square = multiplyAdd(a[i], a[i], square);
        largest = Math.max(largest, Math.abs(a[i]));
      }
      if (!(square >= DoubleFormat.SHORT_SQUARE)) {
        mark = Math.max(mark, largest);
      }
    }
    return mark;
  }

  /** Positive if two columns are not orthogonal, or in the wrong order. */
  private static double markUnconverged(int m, int n, double[] a, int lane) {
    double mark = 0;
    for (int q = 1; q < n; q++) {
      for (int p = 0; p < q; p++) {
        int columnP = lane + p * columnStride(m);
        int columnQ = lane + q * columnStride(m);
        double pp = product(m, a, columnP, columnP);
        double qq = product(m, a, columnQ, columnQ);
        double pq = product(m, a, columnP, columnQ);
        mark = Math.max(mark, Math.max(pq * pq - bound(m, pp, qq), qq - pp));
      }
    }
    return mark;
  }

  /** Of two columns, in two sums. */
  static double product(int m, double[] a, int x, int y) {
    double sum = a[x] * a[y];
    double sum2 = 0;
    int i = PAIR;
    for (; i < (m - 1) * PAIR; i += 2 * PAIR) {
      sum = multiplyAdd(a[x + i], a[y + i], sum);
      sum2 = multiplyAdd(a[x + i + PAIR], a[y + i + PAIR], sum2);
    }
    if (i < m * PAIR) {
      sum = multiplyAdd(a[x + i], a[y + i], sum);
    }
    return sum + sum2;
  }

  /** The square of a product of columns that does not count. */
  private static double bound(int m, double pp, double qq) {
    return pp * (m * DoubleFormat.SQUARED_ULP) * qq + DoubleFormat.TINY_SQUARE;
  }

  /**
   * Makes columns p and q orthogonal and p the longer one.
   *
   * @return whether they were not
   */
  private static boolean rotate(
      int m, int n, boolean vectors, int p, int q, double[] a, double[] v, int lane) {
    int columnP = lane + p * columnStride(m);
    int columnQ = lane + q * columnStride(m);
    double pp = product(m, a, columnP, columnP);
    double qq = product(m, a, columnQ, columnQ);
    double pq = product(m, a, columnP, columnQ);
    double difference = qq - pp;
    boolean swap = difference > 0;
    double c = 1;
    double s = 0;
    if (pq * pq - bound(m, pp, qq) > 0) {
      double twice = pq + pq;
      double root = Math.sqrt(multiplyAdd(difference, difference, twice * twice));
      double sum = Math.abs(difference) + root;
      double inverse = 1 / Math.sqrt(multiplyAdd(sum, sum, twice * twice));
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

  private static void turn(int m, boolean swap, double c, double s, double[] a, int p, int q) {
    double pFromP = swap ? s : c;
    double pFromQ = swap ? c : s;
    double qFromP = swap ? c : -s;
    double qFromQ = swap ? -s : c;
    for (int i = 0; i < m * PAIR; i += PAIR) {
      double x = a[p + i];
      double y = a[q + i];
      a[p + i] = multiplyAdd(x, pFromP, y * pFromQ);
      a[q + i] = multiplyAdd(y, qFromQ, x * qFromP);
    }
  }
}
