package eigengrad.simd;

import static eigengrad.simd.BatchKernels.PAIR;
import static eigengrad.simd.BatchKernels.columnStride;

/** Householder reduction of one matrix of a group, as {@link BatchHouseholder}. */
final class ScalarBatchHouseholder {
  private ScalarBatchHouseholder() {}

  static void tridiagonalize(
      int n, double[] a, double[] d, double[] e, double[] q, double[] work, int lane) {
    for (int k = 0; k < n; k++) {
      int column = lane + k * columnStride(n);
      d[lane + k * PAIR] = a[column + k * PAIR];
      if (k < n - 2) {
        e[lane + k * PAIR] = reflector(n, k + 1, a, column);
        product(n, k, a, work, lane);
        update(n, k, a, work, lane);
      } else if (k == n - 2) {
        e[lane + k * PAIR] = a[column + (k + 1) * PAIR];
      }
    }
    ScalarBatchJacobi.identity(n, q, lane);
    for (int k = n - 3; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        reflect(n, k + 1, a, lane + k * columnStride(n), q, lane + j * columnStride(n));
      }
    }
  }

  /** Turns a column from row top on into u, and returns what it is reflected to. */
  private static double reflector(int n, int top, double[] a, int column) {
    double alpha = a[column + top * PAIR];
    double rest = 0;
    for (int i = top + 1; i < n; i++) {
      double x = a[column + i * PAIR];
      rest += x * x;
    }
    boolean nothing = rest <= BatchKernels.NEGLIGIBLE_SQUARE;
    double square = alpha * alpha + rest;
    double norm = Math.sqrt(square);
    double signed = alpha < 0 ? -norm : norm;
    double scale = nothing ? 0 : 1 / Math.sqrt(Math.abs(alpha) * norm + square);
    a[column + top * PAIR] = (alpha + signed) * scale;
    for (int i = top + 1; i < n; i++) {
      a[column + i * PAIR] *= scale;
    }
    return nothing ? alpha : -signed;
  }

  /** w ← Au − ½(uᵀAu)u for the rest of A, lower triangle. */
  private static void product(int n, int k, double[] a, double[] w, int lane) {
    int u = lane + k * columnStride(n);
    for (int i = k + 1; i < n; i++) {
      w[lane + i * PAIR] = 0;
    }
    double form = 0;
    for (int j = k + 1; j < n; j++) {
      int column = lane + j * columnStride(n);
      double uj = a[u + j * PAIR];
      double sum = w[lane + j * PAIR] + a[column + j * PAIR] * uj;
      for (int i = j + 1; i < n; i++) {
        w[lane + i * PAIR] += a[column + i * PAIR] * uj;
        sum += a[column + i * PAIR] * a[u + i * PAIR];
      }
      w[lane + j * PAIR] = sum;
      form += sum * uj;
    }
    for (int i = k + 1; i < n; i++) {
      w[lane + i * PAIR] -= 0.5 * form * a[u + i * PAIR];
    }
  }

  /** A ← A − uwᵀ − wuᵀ, lower triangle. */
  private static void update(int n, int k, double[] a, double[] w, int lane) {
    int u = lane + k * columnStride(n);
    for (int j = k + 1; j < n; j++) {
      double uj = a[u + j * PAIR];
      double wj = w[lane + j * PAIR];
      for (int i = j; i < n; i++) {
        a[lane + j * columnStride(n) + i * PAIR] -= a[u + i * PAIR] * wj + w[lane + i * PAIR] * uj;
      }
    }
  }

  private static void reflect(int n, int top, double[] a, int u, double[] q, int column) {
    double product = 0;
    for (int i = top; i < n; i++) {
      product += a[u + i * PAIR] * q[column + i * PAIR];
    }
    for (int i = top; i < n; i++) {
      q[column + i * PAIR] -= product * a[u + i * PAIR];
    }
  }
}
