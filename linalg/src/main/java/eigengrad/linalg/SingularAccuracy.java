package eigengrad.linalg;

import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * LAPACK's dimensionless measure of a singular value decomposition, for any solver; {@link
 * SpectralAccuracy#orthogonality} measures its vectors.
 *
 * <p>Independent of scale: a matrix times a power of two has the same ratio. Source: LAPACK's test
 * routine {@code dbdt01}.
 */
public final class SingularAccuracy {
  private SingularAccuracy() {}

  /**
   * ‖A − UΣVᵀ‖₁ / (‖A‖₁·max(m, n)·u'), or 0/0 = 0 for a zero matrix with zero values.
   *
   * @param matrix A, m×n
   * @param values Σ, k
   * @param left U, of m rows and at least k columns, of which the first k count
   * @param right V, of n rows and at least k columns, of which the first k count
   * @return the ratio; ∞ if A is zero and its values are not
   * @throws IllegalArgumentException if the sizes do not match
   */
  public static double residual(
      DenseMatrix matrix, double[] values, DenseMatrix left, DenseMatrix right) {
    int m = matrix.rows();
    int n = matrix.columns();
    int k = values.length;
    requireShape("left", left, m, k);
    requireShape("right", right, n, k);
    double largest = Math.max(matrix.maxAbs(), k == 0 ? 0 : values[0]);
    if (largest == 0) {
      return 0;
    }
    int exponent = -Math.getExponent(largest);
    double[] difference = SpectralAccuracy.scaled(matrix, exponent);
    double norm = SpectralAccuracy.oneNorm(m, n, difference);
    double[] product = SpectralAccuracy.timesValues(left, values, exponent);
    double[] v = right.columnMajor();
    new Gemm()
        .multiply(
            Transpose.NO, Transpose.YES, m, n, k, -1, product, 0, m, v, 0, n, 1, difference, 0, m);
    return SpectralAccuracy.oneNorm(m, n, difference)
        / (norm * Math.max(m, n) * SpectralAccuracy.ULP);
  }

  private static void requireShape(String name, DenseMatrix matrix, int rows, int columns) {
    if (matrix.rows() != rows || matrix.columns() < columns) {
      throw new IllegalArgumentException(
          name
              + " must have "
              + rows
              + " rows and at least "
              + columns
              + " columns, got "
              + matrix.rows()
              + "×"
              + matrix.columns());
    }
  }
}
