package eigengrad.grad.internal.eigen;

import eigengrad.grad.Gauge;
import eigengrad.grad.InverseGap;
import eigengrad.grad.LeadingEigenGradient;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Share;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.Scaling;
import eigengrad.linalg.SymmetricProduct;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * k eigenpairs V₁, Λ₁ of a matrix that is otherwise known by its products alone, and the sums in
 * the space beside them: by the series of power iteration, or exact. It owns buffers, so several
 * threads must not use it at once.
 */
public final class KnownPairs {
  private final Gemm gemm = new Gemm();
  private final SymmetricProduct product;
  private final double[] values;
  private final int n;
  private final int k;
  private final double[] v;
  private final int[] clusters;

  private KnownPairs(
      SymmetricProduct product, double[] values, DenseMatrix vectors, double tieStep) {
    this.product = product;
    this.values = values;
    this.n = vectors.rows();
    this.k = vectors.columns();
    this.v = vectors.columnMajor();
    this.clusters = Clusters.labels(values, tieStep);
  }

  /**
   * Pairs for {@link #series}.
   *
   * @throws IllegalArgumentException if sizes do not match, there are more vectors than the order,
   *     a value is 0, or something is not finite
   */
  public static KnownPairs forSeries(
      SymmetricProduct product, double[] values, DenseMatrix vectors) {
    int n = vectors.rows();
    int k = vectors.columns();
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
    return new KnownPairs(product, values, vectors, roundingStep(n, values));
  }

  /**
   * Pairs for {@link #resolvent}. Those that their bounds cannot tell apart tie: their vectors are
   * some basis of the space that they span.
   */
  public static KnownPairs forResolvent(SymmetricProduct product, LeadingPairs pairs) {
    double[] values = pairs.values();
    double[] bounds = pairs.bounds();
    double step =
        Math.max(
            roundingStep(pairs.pairs().order(), values),
            2 * Kernels.level1().maxAbs(bounds.length, bounds, 0));
    return new KnownPairs(product, values, pairs.vectors(), step);
  }

  private static double roundingStep(int n, double[] values) {
    return Gauge.tieTolerance(n) * Clusters.norm(values);
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

  /** What a rule that needs no norm gives for 1/(λᵢ − λⱼ); 0 in a tie. */
  private double inverseGap(InverseGap rule, int i, int j) {
    return clusters[i] == clusters[j] ? 0 : rule.between(values[i], values[j], Double.NaN);
  }

  /**
   * C, k×k, of a gradient sym((S + V₁C)V₁ᵀ): the pairs within V₁, and ∂L/∂λ on the diagonal.
   *
   * @param along V₁ᵀ·∂L/∂V₁; overwritten by C
   */
  public void weighCotangent(InverseGap rule, double[] valueCotangent, double[] along) {
    for (int j = 0; j < k; j++) {
      along[j + j * k] = valueCotangent[j];
      for (int i = 0; i < j; i++) {
        double skew = along[i + j * k] - along[j + i * k];
        double weighed = 0.5 * inverseGap(rule, j, i) * skew;
        along[i + j * k] = weighed;
        along[j + i * k] = weighed;
      }
    }
  }

  /**
   * C, k×k, of derivatives S + V₁C: A → F ∘ A in place, Fᵢⱼ for 1/(λⱼ − λᵢ).
   *
   * @param along A = V₁ᵀ dM V₁; overwritten by C
   * @return the diagonal of A, dλ
   */
  public double[] weighDirection(InverseGap rule, double[] along) {
    double[] diagonal = new double[k];
    for (int j = 0; j < k; j++) {
      diagonal[j] = along[j + j * k];
      for (int i = 0; i < k; i++) {
        along[i + j * k] *= i == j ? 0 : inverseGap(rule, j, i);
      }
    }
    return diagonal;
  }

  /**
   * Refuses a loss that depends on the basis within a tie, or on the values there one by one.
   *
   * @param along V₁ᵀ·∂L/∂V₁
   * @throws NonFiniteException if there is such a tie
   */
  public void requireIndependentLoss(
      double[] valueCotangent, double[] vectorCotangent, double[] along) {
    for (int j = 0; j < k; j++) {
      boolean used = Kernels.level1().maxAbs(n, vectorCotangent, j * n) > 0;
      for (int i = 0; i < k; i++) {
        if (i != j && clusters[i] == clusters[j]) {
          double skew = 0.5 * Math.abs(along[i + j * k] - along[j + i * k]);
          requireLittle("the loss depends on the basis within", i, j, skew, vectorCotangent);
          double difference = 0.5 * Math.abs(valueCotangent[i] - valueCotangent[j]);
          requireLittle(
              "∂L/∂λ differs, and ∂L/∂V is not 0, within",
              i,
              j,
              used ? difference : 0,
              valueCotangent);
        }
      }
    }
  }

  /**
   * Refuses a direction in which a tie splits.
   *
   * @param image dM V₁
   * @param along V₁ᵀ dM V₁
   * @throws NonFiniteException if one does
   */
  public void requireTiesKept(double[] image, double[] along) {
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < k; i++) {
        if (i != j && clusters[i] == clusters[j]) {
          requireLittle(
              "the direction splits, into other vectors,", i, j, Math.abs(along[i + j * k]), image);
        }
      }
    }
  }

  private void requireLittle(String what, int i, int j, double part, double[] whole) {
    double share = Share.of(part, whole);
    if (!(share <= Gauge.ROUNDING)) {
      throw new NonFiniteException(
          "there is no derivative: %s the tie of eigenvalues %d and %d, %s and %s, by %s of it. A"
                  .formatted(what, Math.min(i, j), Math.max(i, j), values[i], values[j], share)
              + " loss of the projector onto all vectors of the tie has one");
    }
  }

  /** V₁ᵀY, k×k, of an n×k array. */
  public double[] along(double[] y) {
    double[] result = new double[k * k];
    along(y, result);
    return result;
  }

  void along(double[] y, double[] result) {
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

  /**
   * The solution xⱼ of (λⱼI − M)xⱼ = P yⱼ in the space beside V₁, for each column j: a symmetric
   * map of each column.
   *
   * @param y n×k; not modified
   * @return n×k
   * @throws CancellationException if the caller is interrupted
   */
  public double[] resolvent(LeadingEigenGradient settings, double[] y, Caller caller) {
    return new ShiftedMinres(settings, n, product, values, this::projectColumns).solve(y, caller);
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

  /** The same for the first columns of an array. */
  private void projectColumns(int columns, double[] y) {
    double[] scratch = new double[k * columns];
    gemm.multiply(Transpose.YES, Transpose.NO, k, columns, n, v, y, scratch);
    gemm.multiply(Transpose.NO, Transpose.NO, n, columns, k, -1, v, scratch, 1, y);
  }
}
