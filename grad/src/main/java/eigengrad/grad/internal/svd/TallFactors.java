package eigengrad.grad.internal.svd;

import eigengrad.grad.internal.eigen.Clusters;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * The factors of A = UΣVᵀ, or of Aᵀ = VΣUᵀ where A has fewer rows than columns: of a matrix m×n
 * with m ≥ n. Its own left vectors X are m×n, its right ones Y n×n and orthogonal. Every formula is
 * symmetric in both kinds of vectors, so that nothing is transposed but roles.
 *
 * @param transposed whether the matrix is Aᵀ
 * @param m its rows, the larger dimension of A
 * @param n its columns, the smaller one
 * @param x X, of which the first n columns count
 * @param y Y
 * @param values σ, n descending
 */
@SuppressWarnings("ArrayRecordComponent") // only read
public record TallFactors(
    boolean transposed, int m, int n, double[] x, double[] y, double[] values) {

  /**
   * The factors of a decomposition.
   *
   * @throws IllegalArgumentException if it holds only the largest singular values
   */
  public static TallFactors of(SingularValueDecomposition svd) {
    int n = Math.min(svd.rows(), svd.columns());
    if (svd.size() != n) {
      throw new IllegalArgumentException(
          "svd must have all "
              + n
              + " singular values, for every vector's derivative depends on all others, got the "
              + svd.size()
              + " largest");
    }
    boolean wide = svd.rows() < svd.columns();
    double[] u = svd.leftVectors().columnMajor();
    double[] v = svd.rightVectors().columnMajor();
    int m = Math.max(svd.rows(), svd.columns());
    return new TallFactors(wide, m, n, wide ? v : u, wide ? u : v, svd.values());
  }

  /** The rows of A. */
  public int rows() {
    return transposed ? n : m;
  }

  /** The columns of A. */
  public int columns() {
    return transposed ? m : n;
  }

  /** Whether X spans less than all m dimensions. */
  public boolean isTall() {
    return m > n;
  }

  /** σ, and a 0 behind it. */
  public double[] valuesAndZero() {
    return Arrays.copyOf(values, n + 1);
  }

  /** The first singular value that ties with 0; n if none does. */
  public static int firstZero(Clusters clusters, int n) {
    return clusters.start(n);
  }

  /** XᵀB for an m×n array. */
  public double[] alongX(Gemm gemm, double[] b) {
    return product(gemm, Transpose.YES, n, n, m, x, b);
  }

  /** YᵀB for an n×n array. */
  public double[] alongY(Gemm gemm, double[] b) {
    return product(gemm, Transpose.YES, n, n, n, y, b);
  }

  /** XC + B for an n×n array C and an m×n array B, which is overwritten. */
  public void addXTimes(Gemm gemm, double[] c, double[] b) {
    gemm.multiply(Transpose.NO, Transpose.NO, m, n, n, 1, x, c, 1, b);
  }

  /** XC, m×n. */
  public double[] xTimes(Gemm gemm, double[] c) {
    return product(gemm, Transpose.NO, m, n, n, x, c);
  }

  /** X diag(d), m×n. */
  public double[] xTimesDiagonal(double[] d) {
    double[] result = Arrays.copyOf(x, m * n);
    for (int j = 0; j < n; j++) {
      Kernels.level1().scaleOrClear(m, d[j], result, j * m);
    }
    return result;
  }

  /** YC, n×n. */
  public double[] yTimes(Gemm gemm, double[] c) {
    return product(gemm, Transpose.NO, n, n, n, y, c);
  }

  /** The direction dA, as one of the tall matrix, times Y: m×n. */
  public double[] timesY(Gemm gemm, double[] direction) {
    return product(gemm, transposed ? Transpose.YES : Transpose.NO, m, n, n, direction, y);
  }

  private static double[] product(
      Gemm gemm, Transpose transpose, int rows, int columns, int inner, double[] a, double[] b) {
    double[] c = new double[rows * columns];
    gemm.multiply(transpose, Transpose.NO, rows, columns, inner, a, b, c);
    return c;
  }

  /**
   * WYᵀ for an m×n array W, as a matrix of A's shape.
   *
   * @param name of the result, for messages
   * @throws eigengrad.grad.NonFiniteException if an element is not finite
   */
  public DenseMatrix timesYTransposed(Gemm gemm, String name, double[] w) {
    double[] result = new double[m * n];
    if (n == 0) {
      return DenseMatrix.wrap(rows(), columns(), result);
    }
    double[] left = transposed ? y : w;
    double[] right = transposed ? w : y;
    gemm.multiply(Transpose.NO, Transpose.YES, rows(), columns(), n, left, right, result);
    return Cotangents.finiteResult(name, rows(), result);
  }

  /**
   * The part of the columns first … n − 1 of B that lies beside X: B − XXᵀB.
   *
   * @param b B, m×n
   * @param along XᵀB, n×n
   * @return m×(n − first)
   */
  public double[] besideX(Gemm gemm, double[] b, double[] along, int first) {
    double[] beside = Arrays.copyOfRange(b, first * m, n * m);
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        m,
        n - first,
        n,
        -1,
        x,
        0,
        Math.max(1, m),
        along,
        first * n,
        Math.max(1, n),
        1,
        beside,
        0,
        Math.max(1, m));
    return beside;
  }
}
