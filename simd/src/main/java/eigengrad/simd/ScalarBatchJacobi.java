package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;

/** Cyclic Jacobi rotations of one matrix of a group. */
final class ScalarBatchJacobi {
  private ScalarBatchJacobi() {}

  static boolean solve(
      int n, int maxSweeps, double[] a, int aFirst, double[] d, double[] v, int lane) {
    identity(n, v, lane);
    int[] order = JacobiOrder.of(n);
    boolean rotated = n > 1;
    for (int sweep = 0; sweep < maxSweeps && rotated; sweep++) {
      rotated = false;
      for (int pair = 0; pair < order.length; pair += 2) {
        rotated |= rotate(n, order[pair], order[pair + 1], a, aFirst, v, lane);
      }
    }
    for (int j = 0; j < n; j++) {
      d[lane + j * GROUP] = a[aFirst + j * (n + 1) * GROUP];
    }
    return !rotated;
  }

  static void identity(int n, double[] v, int lane) {
    for (int at = 0; at < n * n; at++) {
      v[lane + at * GROUP] = at % (n + 1) == 0 ? 1 : 0;
    }
  }

  /** Annihilates the element between p and q unless it is negligible, as {@link BatchJacobi}. */
  private static boolean rotate(int n, int p, int q, double[] a, int aFirst, double[] v, int lane) {
    int columnP = aFirst + p * n * GROUP;
    int columnQ = aFirst + q * n * GROUP;
    double pp = a[columnP + p * GROUP];
    double qq = a[columnQ + q * GROUP];
    double pq = a[columnP + q * GROUP];
    if (pq * pq <= Math.abs(pp * qq) * BatchKernels.SQUARED_ROUNDOFF
        || Math.abs(pq) <= BatchKernels.FLOOR) {
      return false;
    }
    double difference = qq - pp;
    double twice = 2 * pq;
    double root = Math.sqrt(difference * difference + twice * twice);
    double sum = Math.abs(difference) + root;
    double t = difference < 0 ? -twice / sum : twice / sum;
    double c = Math.sqrt(sum / (2 * root));
    double s = c * t;
    a[columnP + p * GROUP] = pp - t * pq;
    a[columnQ + q * GROUP] = qq + t * pq;
    a[columnP + q * GROUP] = 0;
    for (int k = 0; k < p; k++) {
      turn(a, aFirst + (k * n + p) * GROUP, aFirst + (k * n + q) * GROUP, c, s);
    }
    for (int k = p + 1; k < q; k++) {
      turn(a, columnP + k * GROUP, aFirst + (k * n + q) * GROUP, c, s);
    }
    for (int k = q + 1; k < n; k++) {
      turn(a, columnP + k * GROUP, columnQ + k * GROUP, c, s);
    }
    for (int k = 0; k < n; k++) {
      turn(v, lane + (p * n + k) * GROUP, lane + (q * n + k) * GROUP, c, s);
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
