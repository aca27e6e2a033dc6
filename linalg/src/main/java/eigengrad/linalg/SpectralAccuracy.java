package eigengrad.linalg;

import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * LAPACK's dimensionless measures of an eigendecomposition, for anyone's solver.
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
    requireOrder("matrix", matrix, n);
    requireOrder("vectors", vectors, n);
    double largest = Math.max(matrix.maxAbs(), largestMagnitude(values));
    if (n == 0 || largest == 0) {
      return 0;
    }
    int exponent = -Math.getExponent(largest);
    double[] scaledVectors = vectors.toArray();
    for (int j = 0; j < n; j++) {
      double value = Scaling.shift(values[j], exponent);
      for (int i = 0; i < n; i++) {
        scaledVectors[i + j * n] *= value;
      }
    }
    double[] difference = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      difference[i] = Scaling.shift(matrix.columnMajor()[i], exponent);
    }
    double norm = oneNorm(n, difference);
    addProduct(
        Transpose.NO, Transpose.YES, n, -1, scaledVectors, vectors.columnMajor(), difference);
    return oneNorm(n, difference) / (norm * n * ULP);
  }

  /**
   * ‖I − VᵀV‖₁ / (n·u').
   *
   * @param vectors V, n×n
   * @return the ratio
   * @throws IllegalArgumentException if V is not square
   */
  public static double orthogonality(DenseMatrix vectors) {
    int n = vectors.rows();
    requireOrder("vectors", vectors, n);
    if (n == 0) {
      return 0;
    }
    double[] difference = DenseMatrix.identity(n).columnMajor();
    double[] v = vectors.columnMajor();
    addProduct(Transpose.YES, Transpose.NO, n, -1, v, v, difference);
    return oneNorm(n, difference) / (n * ULP);
  }

  private static void addProduct(
      Transpose transposeA,
      Transpose transposeB,
      int n,
      double alpha,
      double[] a,
      double[] b,
      double[] c) {
    new Gemm().multiply(transposeA, transposeB, n, n, n, alpha, a, 0, n, b, 0, n, 1, c, 0, n);
  }

  private static void requireOrder(String name, DenseMatrix matrix, int n) {
    if (matrix.rows() != n || matrix.columns() != n) {
      throw new IllegalArgumentException(
          name + " must be " + n + "×" + n + ", got " + matrix.rows() + "×" + matrix.columns());
    }
  }

  private static double largestMagnitude(double[] x) {
    double largest = 0;
    for (double element : x) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  private static double oneNorm(int n, double[] a) {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += Math.abs(a[i + j * n]);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
