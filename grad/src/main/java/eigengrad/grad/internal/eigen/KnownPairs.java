package eigengrad.grad.internal.eigen;

import eigengrad.grad.Gauge;
import eigengrad.grad.InverseGap;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricProduct;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * k eigenpairs V₁, Λ₁ of a matrix that is otherwise known by its products alone, and the series in
 * the space beside them. It owns buffers, so several threads must not use it at once.
 */
public final class KnownPairs {
  private final Gemm gemm = new Gemm();
  private final SymmetricProduct product;
  private final double[] values;
  private final int n;
  private final int k;
  private final double[] v;
  private final int[] clusters;

  /**
   * Checks the pairs.
   *
   * @throws IllegalArgumentException if sizes do not match, there are more vectors than the order,
   *     a value is 0, or something is not finite
   */
  public KnownPairs(SymmetricProduct product, double[] values, DenseMatrix vectors) {
    this.product = product;
    this.values = values;
    this.n = vectors.rows();
    this.k = vectors.columns();
    this.v = vectors.columnMajor();
    if (k > n) {
      throw new IllegalArgumentException(
          "vectors must be orthonormal, at most n = " + n + " columns, got " + k);
    }
    Cotangents.require("values", k, values);
    for (int j = 0; j < k; j++) {
      if (values[j] == 0) {
        throw new IllegalArgumentException("values must not be 0, got 0 at index " + j);
      }
    }
    Cotangents.require("vectors", n, k, vectors);
    this.clusters = Clusters.labels(values, Gauge.tieTolerance(n));
  }

  /** The product with a matrix of which pairs are known; checks its order and symmetry. */
  public static SymmetricProduct product(DenseMatrix matrix, PartialEigendecomposition pairs) {
    int n = pairs.vectors().rows();
    if (matrix.rows() != n) {
      throw new IllegalArgumentException(
          "matrix must have the pairs' order " + n + ", got " + matrix.rows());
    }
    return SymmetricProduct.of(matrix);
  }

  /** What K terms give for 1/(λᵢ − λⱼ), 0 in a tie; the largest known value stands for ‖M‖. */
  public double inverseGap(InverseGap.PowerIteration rule, int i, int j) {
    return clusters[i] == clusters[j] ? 0 : rule.between(values[i], values[j], Double.NaN);
  }

  /** V₁ᵀY, k×k, of an n×k array. */
  public double[] along(double[] y) {
    double[] result = new double[k * k];
    along(y, result);
    return result;
  }

  private void along(double[] y, double[] result) {
    gemm.multiply(Transpose.YES, Transpose.NO, k, k, n, v, y, result);
  }

  /** Y ← Y + αV₁C. */
  public void addVectorsTimes(double alpha, double[] c, double[] y) {
    gemm.multiply(Transpose.NO, Transpose.NO, n, k, k, alpha, v, c, 1, y);
  }

  /**
   * Σ_{t&lt;K} Mᵗ P yⱼ / λⱼ^(t+1) for each column j, P = I − V₁V₁ᵀ: a symmetric map of each column.
   *
   * <p>By Horner's rule in K − 1 products with M, each projected anew, so that no rounding error in
   * V₁'s directions grows. Columns are brought near 2^(−h), where 2^(2h) is near the largest |λ|:
   * then M times a column is near 2^h, and neither over- nor underflows.
   *
   * @param terms K ≥ 1
   * @param y n×k; not modified
   * @return n×k
   * @throws CancellationException if the caller is interrupted
   */
  public double[] series(int terms, double[] y, Caller caller) {
    double[] along = new double[k * k];
    double[] start = y.clone();
    int[] exponents = scaleColumns(start);
    project(start, along);
    double[] sum = start.clone();
    double[] next = new double[n * k];
    for (int t = 1; t < terms; t++) {
      caller.requireNotInterrupted();
      product.multiply(n, k, sum, next);
      for (int j = 0; j < k; j++) {
        divide(next, j, values[j]);
      }
      project(next, along);
      System.arraycopy(start, 0, sum, 0, n * k);
      Kernels.level1().axpy(n * k, 1, next, 0, sum, 0);
    }
    for (int j = 0; j < k; j++) {
      Scaling ofValue = Scaling.forLargest(Math.abs(values[j]));
      divide(sum, j, ofValue.applied(values[j]));
      scaleColumn(ofValue.exponent() - exponents[j], sum, j);
    }
    return sum;
  }

  /** Returns the exponent by which each column was scaled. */
  private int[] scaleColumns(double[] y) {
    int half = Scaling.forLargest(Kernels.level1().maxAbs(k, values, 0)).exponent() / 2;
    int[] exponents = new int[k];
    for (int j = 0; j < k; j++) {
      exponents[j] = Scaling.forLargest(Kernels.level1().maxAbs(n, y, j * n)).exponent() + half;
      scaleColumn(exponents[j], y, j);
    }
    return exponents;
  }

  private void scaleColumn(int exponent, double[] y, int j) {
    double[] column = Arrays.copyOfRange(y, j * n, (j + 1) * n);
    System.arraycopy(new Scaling(exponent).apply(column), 0, y, j * n, n);
  }

  private void divide(double[] y, int column, double divisor) {
    for (int i = column * n; i < (column + 1) * n; i++) {
      y[i] /= divisor;
    }
  }

  /** Y ← Y − V₁V₁ᵀY. */
  private void project(double[] y, double[] scratch) {
    along(y, scratch);
    addVectorsTimes(-1, scratch, y);
  }
}
