package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;
import static eigengrad.simd.LaneBlock.PAIR;
import static eigengrad.simd.LaneBlock.columnStride;

import eigengrad.simd.DoubleFormat;

/** Householder reduction of one matrix of a lane block, as {@code BatchHouseholder}. */
final class ScalarBatchHouseholder {
  private ScalarBatchHouseholder() {}

  static void tridiagonalize(int n, double[] a, double[] d, double[] e, double[] work, int lane) {
    e[lane] = 0;
    for (int k = 0; k < n; k++) {
      int column = lane + k * columnStride(n);
      d[lane + k * PAIR] = a[column + k * PAIR];
      if (k < n - 2) {
        int corner = column + k * PAIR;
        e[lane + (k + 1) * PAIR] = reflector(n - k - 1, a, corner + PAIR, a, corner);
        product(n, k, a, work, lane);
        update(n, k, a, work, lane);
      } else if (k == n - 2) {
        e[lane + (k + 1) * PAIR] = a[column + (k + 1) * PAIR];
      }
    }
  }

  /** Q in the place of the reflectors. */
  static void formQ(int n, double[] a, int lane) {
    a[lane + (n - 1) * (columnStride(n) + PAIR)] = 1;
    for (int k = n - 3; k >= 0; k--) {
      reflect(n, k, a, lane + k * columnStride(n));
    }
    a[lane] = 1;
    for (int i = 1; i < n; i++) {
      a[lane + i * PAIR] = 0;
      a[lane + i * columnStride(n)] = 0;
    }
  }

  /** Turns x into v, keeps τ, and returns the first component of what x is reflected to. */
  static double reflector(int length, double[] x, int first, double[] tau, int tauAt) {
    double alpha = x[first];
    double rest = 0;
    for (int i = first + PAIR; i < first + length * PAIR; i += PAIR) {
      rest = multiplyAdd(x[i], x[i], rest);
    }
    boolean nothing = rest <= DoubleFormat.NEGLIGIBLE_SQUARE;
    double square = multiplyAdd(alpha, alpha, rest);
    double norm = Math.sqrt(square);
    double signed = alpha < 0 ? -norm : norm;
    x[first] = alpha + signed;
    tau[tauAt] = nothing ? 0 : 1 / multiplyAdd(Math.abs(alpha), norm, square);
    return nothing ? alpha : -signed;
  }

  /** w ← τ(Av − ½τ(vᵀAv)v) for the rest of A, lower triangle, its columns in pairs. */
  private static void product(int n, int k, double[] a, double[] w, int lane) {
    int v = lane + k * columnStride(n);
    for (int i = k + 1; i < n; i++) {
      w[lane + i * PAIR] = 0;
    }
    for (int j = k + 1; j < n; j++) {
      int column = lane + j * columnStride(n);
      double vj = a[v + j * PAIR];
      double sum = w[lane + j * PAIR];
      int i = j + 1;
      if (isFirstOfPair(n, k, j)) {
        double beside = a[column + i * PAIR];
        sum = multiplyAdd(a[v + i * PAIR], beside, sum);
        w[lane + i * PAIR] = multiplyAdd(vj, beside, w[lane + i * PAIR]);
        i++;
      }
      sum = multiplyAdd(vj, a[column + j * PAIR], sum);
      for (; i < n; i++) {
        double element = a[column + i * PAIR];
        w[lane + i * PAIR] = multiplyAdd(element, vj, w[lane + i * PAIR]);
        sum = multiplyAdd(element, a[v + i * PAIR], sum);
      }
      w[lane + j * PAIR] = sum;
    }
    double form = 0;
    for (int i = k + 1; i < n; i++) {
      form = multiplyAdd(w[lane + i * PAIR], a[v + i * PAIR], form);
    }
    double tau = a[v + k * PAIR];
    double half = form * tau * -0.5;
    for (int i = k + 1; i < n; i++) {
      w[lane + i * PAIR] = multiplyAdd(half, a[v + i * PAIR], w[lane + i * PAIR]) * tau;
    }
  }

  /** Whether column j is, and another follows. */
  private static boolean isFirstOfPair(int n, int k, int j) {
    return (j - k) % 2 == 1 && j < n - 1;
  }

  /** A ← A − vwᵀ − wvᵀ, lower triangle; of a last column without a pair there is but the corner. */
  private static void update(int n, int k, double[] a, double[] w, int lane) {
    int v = lane + k * columnStride(n);
    for (int j = k + 1; j < n; j++) {
      int column = lane + j * columnStride(n);
      double vj = a[v + j * PAIR];
      double wj = w[lane + j * PAIR];
      if (j == n - 1 && (j - k) % 2 == 1) {
        a[column + j * PAIR] = multiplyAdd(-vj, wj + wj, a[column + j * PAIR]);
        return;
      }
      for (int i = j; i < n; i++) {
        int at = column + i * PAIR;
        double vi = a[v + i * PAIR];
        a[at] = multiplyAdd(-vj, w[lane + i * PAIR], multiplyAdd(-wj, vi, a[at]));
      }
    }
  }

  /** Q ← (I − τvvᵀ)Q with the reflector of column k; column k + 1 of Q is new. */
  private static void reflect(int n, int k, double[] a, int v) {
    double tau = a[v + k * PAIR];
    int top = (k + 1) * PAIR;
    int column = v + columnStride(n);
    for (int j = k + 2; j < n; j++) {
      int q = v + (j - k) * columnStride(n);
      double product = 0;
      for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
        product = multiplyAdd(a[v + i], a[q + i], product);
      }
      double factor = -tau * product;
      a[q + top] = factor * a[v + top];
      for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
        a[q + i] = multiplyAdd(a[v + i], factor, a[q + i]);
      }
    }
    double factor = -tau * a[v + top];
    a[column + top] = multiplyAdd(factor, a[v + top], 1);
    for (int i = top + PAIR; i < n * PAIR; i += PAIR) {
      a[column + i] = factor * a[v + i];
    }
  }
}
