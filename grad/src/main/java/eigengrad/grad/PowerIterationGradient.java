package eigengrad.grad;

import eigengrad.grad.internal.eigen.GradientAssembly;
import eigengrad.grad.internal.eigen.KnownPairs;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricProduct;
import eigengrad.simd.ArraySize;
import java.util.concurrent.CancellationException;

/**
 * ∂L/∂M from k leading eigenpairs alone, by products with M: the paper's gradient without the other
 * eigenvectors and without powers of M.
 *
 * <p>V₁ are the vectors known, Λ₁ their values, P = I − V₁V₁ᵀ, G = ∂L/∂V₁. Column j of
 *
 * <pre>X = S + V₁C,   Sⱼ = Σ_{t&lt;K} Mᵗ P gⱼ / λⱼ^(t+1)   gives   ∂L/∂M = sym(X V₁ᵀ).</pre>
 *
 * <p>Sⱼ carries the pairs of a known vector with an unknown one; it is accumulated by Horner's rule
 * in K − 1 products with M, each projected anew so that no rounding error in V₁'s directions grows.
 * C carries the pairs within V₁ in closed form, and ∂L/∂λ on its diagonal: the projection by all of
 * V₁ loses them, and with k = n they are everything.
 *
 * <p>The result is that of {@link EigenGradient} with {@link InverseGap#powerIteration}, up to
 * rounding, if the pairs known are those of largest |λ|. If one that is not known has a larger |λ|,
 * the sum is still finite, but it is another rule and its bound is not K/|λ|. {@link
 * PowerIterationTangent} is its transpose.
 *
 * <p>Cost: (K − 1)(2n² + 4nk) flops per vector for X, 2n²k for the matrix; 4nk doubles of scratch
 * memory. Source: W. Wang et al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019,
 * equation 8.
 */
public final class PowerIterationGradient {
  private PowerIterationGradient() {}

  /**
   * ∂L/∂M from some pairs of a matrix, such as those of {@code IndexRange.largest(k)} where M is
   * positive semidefinite.
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
   * @throws CancellationException if the calling thread is interrupted
   */
  public static DenseMatrix backward(
      DenseMatrix matrix,
      PartialEigendecomposition pairs,
      int terms,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    return backward(
        KnownPairs.product(matrix, pairs),
        pairs.values(),
        pairs.vectors(),
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
   * @throws IllegalArgumentException if K &lt; 1, sizes do not match, a value is 0, something is
   *     not finite, or n² elements are more than an array holds, where there is {@link #factor}
   * @throws NonFiniteException if the gradient overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static DenseMatrix backward(
      SymmetricProduct product,
      double[] values,
      DenseMatrix vectors,
      int terms,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int n = vectors.rows();
    int elements =
        ArraySize.of("∂L/∂M", n, n, "take its factor X from PowerIterationGradient.factor");
    DenseMatrix x = factor(product, values, vectors, terms, valueCotangent, vectorCotangent);
    return GradientAssembly.ofFactors(elements, x, vectors);
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
   * @throws CancellationException if the calling thread is interrupted
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
    InverseGap.PowerIteration rule = new InverseGap.PowerIteration(terms);
    KnownPairs pairs = KnownPairs.forSeries(product, values, vectors);
    Cotangents.require("valueCotangent", k, valueCotangent);
    Cotangents.require("vectorCotangent", n, k, vectorCotangent);
    Caller caller = Caller.current();
    if (k == 0) {
      return vectors;
    }
    double[] core = pairs.along(vectorCotangent.columnMajor());
    pairs.weighCotangent(rule, valueCotangent, core);
    double[] x = pairs.series(terms, vectorCotangent.columnMajor(), caller);
    pairs.addVectorsTimes(1, core, x);
    return Cotangents.finiteResult("∂L/∂M", n, x);
  }
}
