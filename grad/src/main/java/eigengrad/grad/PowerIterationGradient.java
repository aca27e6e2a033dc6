package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * ∂L/∂M from k leading eigenpairs alone, by products with M: the paper's gradient without the other
 * eigenvectors and without powers of M.
 *
 * <p>V₁ are the vectors known, Λ₁ their values, P = I − V₁V₁ᵀ, G = ∂L/∂V₁. Column j of
 *
 * <pre>X = S + V₁C,   Sⱼ = Σ_{t&lt;K} Mᵗ P gⱼ / λⱼ^(t+1)   gives   ∂L/∂M = sym(X V₁ᵀ).</pre>
 *
 * <p>Sⱼ carries the pairs of a vector that is known with one that is not; it is accumulated by
 * Horner's rule in K − 1 products with M, each projected anew so that no rounding error in V₁'s
 * directions grows. C carries the pairs within V₁ in closed form, and ∂L/∂λ on its diagonal: the
 * projection by all of V₁ loses them, and with k = n they are everything.
 *
 * <p>The result is that of {@link EigenGradient} with {@link InverseGap#powerIteration}, up to
 * rounding, if the pairs known are those of largest |λ|. If one that is not known has a larger |λ|,
 * the sum is still finite, but it is another rule and its bound is not K/|λ|.
 *
 * <p>Cost: (K − 1)(2n² + 4nk) flops a vector for X, 2n²k for the matrix; 4nk doubles beside it.
 * Source: W. Wang et al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019,
 * equation 8.
 */
public final class PowerIterationGradient {
  private PowerIterationGradient() {}

  /**
   * ∂L/∂M from some pairs of a matrix, as of {@code IndexRange.largest(k)} where M is positive
   * semidefinite.
   *
   * @param matrix M, n×n symmetric
   * @param pairs k of its eigenpairs, no value 0
   * @param terms K ≥ 1
   * @param valueCotangent ∂L/∂λ, k elements
   * @param vectorCotangent ∂L/∂V₁, n×k
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if K &lt; 1, sizes do not match, a value is 0, or something is
   *     not finite or symmetric
   * @throws NonFiniteException if the gradient overflows
   */
  public static DenseMatrix backward(
      DenseMatrix matrix,
      PartialEigendecomposition pairs,
      int terms,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    DenseMatrix vectors = pairs.vectors();
    if (matrix.rows() != vectors.rows()) {
      throw new IllegalArgumentException(
          "matrix must have the pairs' order " + vectors.rows() + ", got " + matrix.rows());
    }
    return backward(
        SymmetricProduct.of(matrix),
        pairs.values(),
        vectors,
        terms,
        valueCotangent,
        vectorCotangent);
  }

  /**
   * ∂L/∂M, n×n.
   *
   * @param product with M
   * @param values λ of the k pairs, none 0
   * @param vectors V₁, n×k, orthonormal
   * @param terms K ≥ 1
   * @param valueCotangent ∂L/∂λ, k elements
   * @param vectorCotangent ∂L/∂V₁, n×k
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if K &lt; 1, sizes do not match, a value is 0, or something is
   *     not finite
   * @throws NonFiniteException if the gradient overflows
   */
  public static DenseMatrix backward(
      SymmetricProduct product,
      double[] values,
      DenseMatrix vectors,
      int terms,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int n = vectors.rows();
    int k = vectors.columns();
    DenseMatrix x = factor(product, values, vectors, terms, valueCotangent, vectorCotangent);
    double[] gradient = new double[n * n];
    new Gemm()
        .syr2k(
            Transpose.NO,
            n,
            k,
            0.5,
            x.columnMajor(),
            0,
            n,
            vectors.columnMajor(),
            0,
            n,
            0,
            gradient,
            0,
            n);
    return GradientAssembly.symmetric(n, gradient, Precision.FLOAT64);
  }

  /**
   * X, from which ∂L/∂M = ½(XV₁ᵀ + V₁Xᵀ): for matrices too large to form.
   *
   * @param product with M
   * @param values λ of the k pairs, none 0
   * @param vectors V₁, n×k, orthonormal
   * @param terms K ≥ 1
   * @param valueCotangent ∂L/∂λ, k elements
   * @param vectorCotangent ∂L/∂V₁, n×k
   * @return n×k
   * @throws IllegalArgumentException if K &lt; 1, sizes do not match, a value is 0, or something is
   *     not finite
   * @throws NonFiniteException if an element overflows
   */
  public static DenseMatrix factor(
      SymmetricProduct product,
      double[] values,
      DenseMatrix vectors,
      int terms,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int n = vectors.rows();
    int k = vectors.columns();
    InverseGap rule = InverseGap.powerIteration(terms);
    Cotangents.require("values", k, values);
    for (int j = 0; j < k; j++) {
      if (values[j] == 0) {
        throw new IllegalArgumentException("values must not be 0, got 0 at index " + j);
      }
    }
    Cotangents.require("vectors", n, k, vectors);
    Cotangents.require("valueCotangent", k, valueCotangent);
    Cotangents.require("vectorCotangent", n, k, vectorCotangent);
    if (k == 0) {
      return vectors;
    }
    double[] core = within(rule, values, vectors, valueCotangent, vectorCotangent);
    Series series = new Series(product, values, vectors);
    double[] x = series.sum(terms, vectorCotangent.columnMajor());
    series.addVectorsTimes(1, core, x);
    return Cotangents.finiteResult("∂L/∂M", n, x);
  }

  /** C, k×k: the pairs within V₁, and ∂L/∂λ. */
  private static double[] within(
      InverseGap rule,
      double[] values,
      DenseMatrix vectors,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int k = values.length;
    double[] core = vectors.transpose().times(vectorCotangent).toArray();
    for (int j = 0; j < k; j++) {
      core[j + j * k] = valueCotangent[j];
      for (int i = 0; i < j; i++) {
        double skew = core[i + j * k] - core[j + i * k];
        // The rule has no tolerance, so that the norm of M is not needed.
        double weighed = 0.5 * rule.between(values[j], values[i], Double.NaN) * skew;
        core[i + j * k] = weighed;
        core[j + i * k] = weighed;
      }
    }
    return core;
  }

  /** Sⱼ = Σ_{t<K} Mᵗ P gⱼ / λⱼ^(t+1), all vectors together. */
  private static final class Series {
    private final Kernels kernels = Kernels.active();
    private final Gemm gemm = new Gemm();
    private final SymmetricProduct product;
    private final double[] values;
    private final int n;
    private final int k;
    private final double[] v;
    private final double[] along;

    Series(SymmetricProduct product, double[] values, DenseMatrix vectors) {
      this.product = product;
      this.values = values;
      this.n = vectors.rows();
      this.k = vectors.columns();
      this.v = vectors.columnMajor();
      this.along = new double[k * k];
    }

    /** S from G. */
    double[] sum(int terms, double[] g) {
      double[] start = g.clone();
      project(start);
      double[] sum = start.clone();
      double[] next = new double[n * k];
      for (int t = 1; t < terms; t++) {
        product.multiply(n, k, sum, next);
        divideByValues(next);
        project(next);
        System.arraycopy(start, 0, sum, 0, n * k);
        kernels.axpy(n * k, 1, next, 0, sum, 0);
      }
      divideByValues(sum);
      return sum;
    }

    private void divideByValues(double[] y) {
      for (int j = 0; j < k; j++) {
        kernels.scale(n, 1 / values[j], y, j * n);
      }
    }

    /** Y ← Y − V₁V₁ᵀY. */
    private void project(double[] y) {
      gemm.multiply(Transpose.YES, Transpose.NO, k, k, n, 1, v, 0, n, y, 0, n, 0, along, 0, k);
      addVectorsTimes(-1, along, y);
    }

    /** Y ← Y + αV₁C. */
    void addVectorsTimes(double alpha, double[] c, double[] y) {
      gemm.multiply(Transpose.NO, Transpose.NO, n, k, k, alpha, v, 0, n, c, 0, k, 1, y, 0, n);
    }
  }
}
