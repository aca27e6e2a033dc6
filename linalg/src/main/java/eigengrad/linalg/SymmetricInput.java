package eigengrad.linalg;

import eigengrad.simd.Kernels;

/**
 * The checks at the edge: what a caller hands over is finite, square and symmetric, or is refused.
 */
final class SymmetricInput {
  /** Two tiles of 32 × 32 doubles fill half a 32 KB first-level cache. */
  private static final int TILE = 32;

  private SymmetricInput() {}

  /**
   * Checks a matrix and returns max |aᵢⱼ| over what will be read.
   *
   * @throws IllegalArgumentException naming the first offending element or pair
   */
  static double requireSymmetric(DenseMatrix matrix, double symmetryTolerance) {
    int n = requireSquare(matrix);
    double[] a = matrix.columnMajor();
    boolean lowerOnly = symmetryTolerance == Double.POSITIVE_INFINITY;
    double largest = 0;
    for (int j = 0; j < n; j++) {
      int from = lowerOnly ? j : 0;
      double columnMax = Kernels.active().maxAbs(n - from, a, j * n + from);
      if (!(columnMax <= Double.MAX_VALUE)) {
        throw notFinite(matrix, j, from);
      }
      largest = Math.max(largest, columnMax);
    }
    if (!lowerOnly) {
      requirePairsAgree(n, a, symmetryTolerance, largest);
    }
    return largest;
  }

  static int requireSquare(DenseMatrix matrix) {
    if (matrix.rows() != matrix.columns()) {
      throw new IllegalArgumentException(
          "matrix must be square, got " + matrix.rows() + "×" + matrix.columns());
    }
    return matrix.rows();
  }

  static void requireFinite(String name, double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        throw new IllegalArgumentException(
            name + " must be finite, got " + x[i] + " at index " + i);
      }
    }
  }

  private static IllegalArgumentException notFinite(DenseMatrix matrix, int j, int from) {
    int i = from;
    while (Double.isFinite(matrix.get(i, j))) {
      i++;
    }
    return new IllegalArgumentException(
        "matrix must be finite, got " + matrix.get(i, j) + " at (" + i + ", " + j + ")");
  }

  /** Walks the lower triangle in tiles: a column and its row at once would miss the cache. */
  private static void requirePairsAgree(
      int n, double[] a, double symmetryTolerance, double largest) {
    double allowed = symmetryTolerance * largest;
    for (int left = 0; left < n; left += TILE) {
      for (int top = left; top < n; top += TILE) {
        int right = Math.min(left + TILE, n);
        int bottom = Math.min(top + TILE, n);
        for (int j = left; j < right; j++) {
          for (int i = Math.max(top, j + 1); i < bottom; i++) {
            if (Math.abs(a[i + j * n] - a[j + i * n]) > allowed) {
              throw notSymmetric(n, a, i, j, allowed);
            }
          }
        }
      }
    }
  }

  private static IllegalArgumentException notSymmetric(
      int n, double[] a, int i, int j, double allowed) {
    return new IllegalArgumentException(
        "matrix must be symmetric: ("
            + i
            + ", "
            + j
            + ") is "
            + a[i + j * n]
            + " but ("
            + j
            + ", "
            + i
            + ") is "
            + a[j + i * n]
            + ", and their difference exceeds "
            + allowed
            + "; take symmetricPart() first if it should be");
  }
}
