package eigengrad.linalg;

import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * LAPACK's dimensionless measures of an eigendecomposition, for any solver.
 *
 * <p>A matrix that is not symmetric to the bit is measured by its symmetric part, as the solvers
 * decompose that; of one whose lower triangle alone was read, pass a mirrored copy.
 *
 * <p>Independent of scale: a matrix times a power of two has the same ratios. Source: LAPACK's test
 * routine {@code dsyt21}.
 */
public final class SpectralAccuracy {
  /** u' = 2⁻⁵², the spacing of doubles at 1. */
  public static final double ULP = 0x1p-52;

  private SpectralAccuracy() {}

  /**
   * ‖A − VΛVᵀ‖₁ / (‖A‖₁·n·u'), or 0/0 = 0 for a zero matrix with zero values.
   *
   * @param matrix A, n×n symmetric
   * @param values Λ, n
   * @param vectors V, n×n
   * @return the ratio; ∞ if A is zero and its values are not
   * @throws IllegalArgumentException if the sizes do not match
   */
  public static double residual(DenseMatrix matrix, double[] values, DenseMatrix vectors) {
    int n = values.length;
    requireShape("matrix", matrix, n, n);
    requireShape("vectors", vectors, n, n);
    double largest = Math.max(matrix.maxAbs(), largestMagnitude(values));
    if (n == 0 || largest == 0) {
      return 0;
    }
    int exponent = -Math.getExponent(largest);
    double[] difference = scaled(matrix.symmetricPart(), exponent);
    double norm = oneNorm(n, n, difference);
    double[] scaledVectors = timesValues(vectors, values, exponent);
    double[] v = vectors.columnMajor();
    new Gemm().multiply(Transpose.NO, Transpose.YES, n, n, n, -1, scaledVectors, v, 1, difference);
    return oneNorm(n, n, difference) / (norm * n * ULP);
  }

  /**
   * ‖AV − VΛ‖₁ / (‖A‖₁·n·u') = max ‖Avⱼ − λⱼvⱼ‖₁ / (‖A‖₁·n·u'), for some of the pairs; 0/0 = 0 for
   * a zero matrix with zero values.
   *
   * @param matrix A, n×n symmetric
   * @param values Λ, k
   * @param vectors V, n×k
   * @return the ratio; ∞ if A is zero and its values are not
   * @throws IllegalArgumentException if the sizes do not match
   */
  public static double partialResidual(DenseMatrix matrix, double[] values, DenseMatrix vectors) {
    int n = vectors.rows();
    int k = values.length;
    requireShape("matrix", matrix, n, n);
    requireShape("vectors", vectors, n, k);
    double largest = Math.max(matrix.maxAbs(), largestMagnitude(values));
    if (k == 0 || largest == 0) {
      return 0;
    }
    int exponent = -Math.getExponent(largest);
    double[] a = scaled(matrix.symmetricPart(), exponent);
    double[] difference = timesValues(vectors, values, exponent);
    double[] v = vectors.columnMajor();
    new Gemm().multiply(Transpose.NO, Transpose.NO, n, k, n, 1, a, v, -1, difference);
    return oneNorm(n, k, difference) / (oneNorm(n, n, a) * n * ULP);
  }

  /**
   * ‖I − VᵀV‖₁ / (n·u').
   *
   * @param vectors V, n×k, k ≤ n
   * @return the ratio
   * @throws IllegalArgumentException if V has more columns than rows
   */
  public static double orthogonality(DenseMatrix vectors) {
    int n = vectors.rows();
    int k = vectors.columns();
    if (k > n) {
      throw new IllegalArgumentException(
          "vectors must have at most as many columns as rows, got " + n + "×" + k);
    }
    if (k == 0) {
      return 0;
    }
    double[] difference = DenseMatrix.identity(k).columnMajor();
    double[] v = vectors.columnMajor();
    new Gemm().multiply(Transpose.YES, Transpose.NO, k, k, n, -1, v, v, 1, difference);
    return oneNorm(k, k, difference) / (n * ULP);
  }

  /** 2^exponent·A. */
  static double[] scaled(DenseMatrix matrix, int exponent) {
    double[] a = matrix.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = Scaling.shift(a[i], exponent);
    }
    return a;
  }

  /** 2^exponent·VΛ. */
  static double[] timesValues(DenseMatrix vectors, double[] values, int exponent) {
    int n = vectors.rows();
    double[] product = vectors.toArray();
    for (int j = 0; j < values.length; j++) {
      double value = Scaling.shift(values[j], exponent);
      for (int i = 0; i < n; i++) {
        product[i + j * n] *= value;
      }
    }
    return product;
  }

  private static void requireShape(String name, DenseMatrix matrix, int rows, int columns) {
    if (matrix.rows() != rows || matrix.columns() != columns) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + rows
              + "×"
              + columns
              + ", got "
              + matrix.rows()
              + "×"
              + matrix.columns());
    }
  }

  private static double largestMagnitude(double[] x) {
    double largest = 0;
    for (double element : x) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  static double oneNorm(int rows, int columns, double[] a) {
    double largest = 0;
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += Math.abs(a[i + j * rows]);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
