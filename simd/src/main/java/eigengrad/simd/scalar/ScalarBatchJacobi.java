package eigengrad.simd.scalar;

import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.JacobiOrder;

/** Cyclic Jacobi rotations of one matrix of a lane block. */
final class ScalarBatchJacobi {
  private ScalarBatchJacobi() {}

  static boolean solve(int n, int maxSweeps, double[] a, double[] d, double[] v, int lane) {
    identity(n, v, lane);
    int[] order = JacobiOrder.of(n);
    boolean rotated = n > 1;
    for (int sweep = 0; sweep < maxSweeps && rotated; sweep++) {
      rotated = false;
      for (int pair = 0; pair < order.length; pair += 2) {
        rotated |= rotate(n, order[pair], order[pair + 1], a, v, lane);
      }
    }
    for (int j = 0; j < n; j++) {
      d[lane + j * PAIR] = a[lane + j * (columnStride(n) + PAIR)];
    }
    return !rotated;
  }

  private static void identity(int n, double[] v, int lane) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        v[lane + j * columnStride(n) + i * PAIR] = i == j ? 1 : 0;
      }
    }
  }

  /** Annihilates the element between p and q unless it is negligible, as {@code BatchJacobi}. */
  private static boolean rotate(int n, int p, int q, double[] a, double[] v, int lane) {
    int columnP = lane + p * columnStride(n);
    int columnQ = lane + q * columnStride(n);
    double pp = a[columnP + p * PAIR];
    double qq = a[columnQ + q * PAIR];
    double pq = a[columnP + q * PAIR];
    if (pq * pq <= Math.abs(pp * DoubleFormat.SQUARED_ROUNDOFF * qq) + DoubleFormat.SQUARED_FLOOR) {
      return false;
    }
    double difference = qq - pp;
    double twice = 2 * pq;
    double root = Math.sqrt(difference * difference + twice * twice);
    double sum = Math.abs(difference) + root;
    double t = difference < 0 ? -twice / sum : twice / sum;
    double c = Math.sqrt(sum / (2 * root));
    double s = c * t;
    a[columnP + p * PAIR] = pp - t * pq;
    a[columnQ + q * PAIR] = qq + t * pq;
    a[columnP + q * PAIR] = 0;
    for (int k = 0; k < p; k++) {
      turn(a, lane + k * columnStride(n) + p * PAIR, lane + k * columnStride(n) + q * PAIR, c, s);
    }
    for (int k = p + 1; k < q; k++) {
      turn(a, columnP + k * PAIR, lane + k * columnStride(n) + q * PAIR, c, s);
    }
    for (int k = q + 1; k < n; k++) {
      turn(a, columnP + k * PAIR, columnQ + k * PAIR, c, s);
    }
    for (int k = 0; k < n; k++) {
      turn(v, lane + p * columnStride(n) + k * PAIR, lane + q * columnStride(n) + k * PAIR, c, s);
    }
    return true;
  }

  private static void turn(double[] x, int p, int q, double c, double s) {
    double xp = x[p];
    double xq = x[q];
    x[p] = c * xp - s * xq;
    x[q] = c * xq + s * xp;
  }
}
