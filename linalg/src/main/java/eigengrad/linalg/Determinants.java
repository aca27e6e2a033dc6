package eigengrad.linalg;

import eigengrad.simd.Kernels;

/** The signs of determinants. */
final class Determinants {
  private Determinants() {}

  /**
   * Whether an orthogonal matrix is a reflection, by elimination with partial pivoting: each pivot
   * is at least 2^−n in magnitude, so that its sign is certain. Cost: (2/3)n³ flops.
   *
   * @param n its order
   * @param a n×n, column-major, orthogonal; destroyed
   * @return whether its determinant is −1
   */
  static boolean isReflection(int n, double[] a) {
    boolean negative = false;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        if (Math.abs(a[i + k * n]) > Math.abs(a[pivot + k * n])) {
          pivot = i;
        }
      }
      negative ^= pivot != k ^ a[pivot + k * n] < 0;
      int below = k + 1 + k * n;
      for (int j = k + 1; j < n; j++) {
        double top = a[pivot + j * n];
        a[pivot + j * n] = a[k + j * n];
        a[k + j * n] = top;
      }
      double largest = a[pivot + k * n];
      a[pivot + k * n] = a[k + k * n];
      for (int j = k + 1; j < n; j++) {
        double factor = -a[k + j * n] / largest;
        Kernels.level1().axpy(n - k - 1, factor, a, below, a, k + 1 + j * n);
      }
    }
    return negative;
  }
}
