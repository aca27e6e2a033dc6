package eigengrad.simd;

/** max |aᵢⱼ − aⱼᵢ| of a square matrix on scalars. */
final class ScalarAsymmetry {
  /** Columns a pass: what it reads of a row is then whole cache lines, and stays in the cache. */
  private static final int COLUMNS = 32;

  private ScalarAsymmetry() {}

  static double max(int n, double[] a, int aOffset) {
    double largest = 0;
    for (int left = 0; left < n; left += COLUMNS) {
      for (int i = left; i < n; i++) {
        int end = Math.min(left + COLUMNS, i);
        for (int j = left; j < end; j++) {
          double below = a[aOffset + i + j * n];
          double above = a[aOffset + j + i * n];
          largest = Math.max(largest, Math.abs(below - above));
        }
      }
    }
    return largest;
  }
}
