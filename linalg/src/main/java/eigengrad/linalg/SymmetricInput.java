package eigengrad.linalg;

import eigengrad.simd.Kernels;

/**
 * The checks at the edge: what a caller hands over is finite, square and symmetric, or is refused.
 */
final class SymmetricInput {
  private SymmetricInput() {}

  /**
   * Checks a matrix. An asymmetry within the tolerance is taken out, as no decomposition of a
   * symmetric matrix could reproduce it.
   *
   * @param symmetryTolerance relative to max |a|; ∞ for the lower triangle alone
   * @return the matrix, or its symmetric part where it is not symmetric to the bit
   * @throws IllegalArgumentException naming the first offending element or pair
   */
  static DenseMatrix symmetric(DenseMatrix matrix, double symmetryTolerance) {
    int n = requireSquare(matrix);
    double[] a = matrix.columnMajor();
    boolean lowerOnly = isLowerOnly(symmetryTolerance);
    double largest = largest(matrix, symmetryTolerance);
    if (!(largest <= Double.MAX_VALUE)) {
      throw notFinite(matrix, lowerOnly);
    }
    double asymmetry = lowerOnly ? 0 : Kernels.transposition().maxAsymmetry(n, a, 0);
    double allowed = symmetryTolerance * largest;
    if (!(lowerOnly || asymmetry <= allowed)) {
      throw notSymmetric(n, a, allowed);
    }
    return asymmetry == 0 ? matrix : matrix.symmetricPart();
  }

  /** max |aᵢⱼ| over what will be read. */
  static double largest(DenseMatrix matrix, double symmetryTolerance) {
    return isLowerOnly(symmetryTolerance)
        ? largestInLowerTriangle(matrix.rows(), matrix.columnMajor())
        : matrix.maxAbs();
  }

  static boolean isLowerOnly(double symmetryTolerance) {
    return symmetryTolerance == Double.POSITIVE_INFINITY;
  }

  private static double largestInLowerTriangle(int n, double[] a) {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      largest = Math.max(largest, Kernels.level1().maxAbs(n - j, a, j * n + j));
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

  /**
   * Refuses a matrix that is not finite, naming the first offending element.
   *
   * @return max |aᵢⱼ|
   */
  static double requireFinite(DenseMatrix matrix) {
    double largest = matrix.maxAbs();
    if (!(largest <= Double.MAX_VALUE)) {
      throw notFinite(matrix, false);
    }
    return largest;
  }

  private static IllegalArgumentException notFinite(DenseMatrix matrix, boolean lowerOnly) {
    int i = 0;
    int j = 0;
    while (Double.isFinite(matrix.get(i, j))) {
      i++;
      if (i == matrix.rows()) {
        j++;
        i = lowerOnly ? j : 0;
      }
    }
    return new IllegalArgumentException(
        "matrix must be finite, got " + matrix.get(i, j) + " at (" + i + ", " + j + ")");
  }

  private static IllegalArgumentException notSymmetric(int n, double[] a, double allowed) {
    int j = 0;
    int i = 0;
    while (Math.abs(a[i + j * n] - a[j + i * n]) <= allowed) {
      i++;
      if (i == n) {
        j++;
        i = j;
      }
    }
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
            + "; take symmetricPart() first if it should be, or allow more by"
            + " EigenOptions.withSymmetryTolerance");
  }
}
