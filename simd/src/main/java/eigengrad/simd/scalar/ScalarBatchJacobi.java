package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.DoubleFormat;
import eigengrad.simd.JacobiOrder;

/** Cyclic Jacobi rotations of one matrix of a lane block. */
final class ScalarBatchJacobi {
  private ScalarBatchJacobi() {}

  /** Returns a positive mark unless it converged, else 0. */
  static double solve(int n, int maxSweeps, double[] a, double[] d, double[] v, int lane) {
    identity(n, v, lane);
    int[] order = JacobiOrder.of(n);
    boolean rotated = true;
    for (int sweep = 0; sweep < maxSweeps && rotated; sweep++) {
      rotated = false;
      for (int pair = 0; pair < order.length; pair += 2) {
        rotated |= rotate(n, order[pair], order[pair + 1], a, v, lane);
      }
    }
    return finish(n, a, d, lane);
  }

  /** The diagonal; and a positive mark if an element beside it is not negligible. */
  private static double finish(int n, double[] a, double[] d, int lane) {
    int stride = columnStride(n);
    double worst = 0;
    for (int j = 0; j < n; j++) {
      double jj = a[lane + j * (stride + PAIR)];
      d[lane + j * PAIR] = jj;
      for (int i = j + 1; i < n; i++) {
        double ii = a[lane + i * (stride + PAIR)];
        worst = Math.max(worst, excess(jj, ii, a[lane + j * stride + i * PAIR]));
      }
    }
    return worst;
  }

  /** Positive where the element beside two of the diagonal counts. */
  private static double excess(double pp, double qq, double pq) {
    return pq * pq
        - (Math.abs(pp * DoubleFormat.SQUARED_ROUNDOFF * qq) + DoubleFormat.SQUARED_FLOOR);
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
    if (!(excess(pp, qq, pq) > 0)) {
      return false;
    }
    double difference = qq - pp;
    double twice = pq + pq;
    double root = Math.sqrt(multiplyAdd(difference, difference, twice * twice));
    double sum = Math.abs(difference) + root;
    double c = Math.sqrt(sum / (root + root));
    double ratio = twice / sum;
    double t = difference < 0 ? -ratio : ratio;
    double s = c * t;
    a[columnP + p * PAIR] = multiplyAdd(-t, pq, pp);
    a[columnQ + q * PAIR] = multiplyAdd(t, pq, qq);
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
    x[p] = multiplyAdd(xp, c, xq * -s);
    x[q] = multiplyAdd(xq, c, xp * s);
  }
}
