package eigengrad.simd;

import static eigengrad.simd.BatchKernels.GROUP;

/** Householder reduction of one matrix of a group, as {@link BatchHouseholder}. */
final class ScalarBatchHouseholder {
  private ScalarBatchHouseholder() {}

  static void tridiagonalize(
      int n, double[] a, int first, double[] d, double[] e, double[] q, double[] work, int lane) {
    for (int k = 0; k < n; k++) {
      int column = first + k * n * GROUP;
      d[lane + k * GROUP] = a[column + k * GROUP];
      if (k < n - 2) {
        e[lane + k * GROUP] = reflector(n, k + 1, a, column);
        product(n, k, a, first, work, lane);
        update(n, k, a, first, work, lane);
      } else if (k == n - 2) {
        e[lane + k * GROUP] = a[column + (k + 1) * GROUP];
      }
    }
    ScalarBatchJacobi.identity(n, q, lane);
    for (int k = n - 3; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        reflect(n, k + 1, a, first + k * n * GROUP, q, lane + j * n * GROUP);
      }
    }
  }

  /** Turns a column from row top on into u, and returns what it is reflected to. */
  private static double reflector(int n, int top, double[] a, int column) {
    double alpha = a[column + top * GROUP];
    double rest = 0;
    for (int i = top + 1; i < n; i++) {
      double x = a[column + i * GROUP];
      rest += x * x;
    }
    boolean nothing = rest <= BatchKernels.NEGLIGIBLE_SQUARE;
    double square = alpha * alpha + rest;
    double norm = Math.sqrt(square);
    double signed = alpha < 0 ? -norm : norm;
    double scale = nothing ? 0 : 1 / Math.sqrt(Math.abs(alpha) * norm + square);
    a[column + top * GROUP] = (alpha + signed) * scale;
    for (int i = top + 1; i < n; i++) {
      a[column + i * GROUP] *= scale;
    }
    return nothing ? alpha : -signed;
  }

  /** w ← Au − ½(uᵀAu)u for the rest of A, lower triangle. */
  private static void product(int n, int k, double[] a, int first, double[] w, int lane) {
    int u = first + k * n * GROUP;
    for (int i = k + 1; i < n; i++) {
      w[lane + i * GROUP] = 0;
    }
    double form = 0;
    for (int j = k + 1; j < n; j++) {
      int column = first + j * n * GROUP;
      double uj = a[u + j * GROUP];
      double sum = w[lane + j * GROUP] + a[column + j * GROUP] * uj;
      for (int i = j + 1; i < n; i++) {
        w[lane + i * GROUP] += a[column + i * GROUP] * uj;
        sum += a[column + i * GROUP] * a[u + i * GROUP];
      }
      w[lane + j * GROUP] = sum;
      form += sum * uj;
    }
    for (int i = k + 1; i < n; i++) {
      w[lane + i * GROUP] -= 0.5 * form * a[u + i * GROUP];
    }
  }

  /** A ← A − uwᵀ − wuᵀ, lower triangle. */
  private static void update(int n, int k, double[] a, int first, double[] w, int lane) {
    int u = first + k * n * GROUP;
    for (int j = k + 1; j < n; j++) {
      double uj = a[u + j * GROUP];
      double wj = w[lane + j * GROUP];
      for (int i = j; i < n; i++) {
        a[first + (j * n + i) * GROUP] -= a[u + i * GROUP] * wj + w[lane + i * GROUP] * uj;
      }
    }
  }

  private static void reflect(int n, int top, double[] a, int u, double[] q, int column) {
    double product = 0;
    for (int i = top; i < n; i++) {
      product += a[u + i * GROUP] * q[column + i * GROUP];
    }
    for (int i = top; i < n; i++) {
      q[column + i * GROUP] -= product * a[u + i * GROUP];
    }
  }
}
