package eigengrad.grad;

import eigengrad.grad.internal.eigen.KnownPairs;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricProduct;
import java.util.concurrent.CancellationException;

/**
 * The derivative of k leading eigenpairs in a direction dM, from these pairs and products with M
 * alone: forward mode, the transpose of {@link PowerIterationGradient}.
 *
 * <p>V₁ are the vectors known, Λ₁ their values, P = I − V₁V₁ᵀ, Y = dM V₁ and A = V₁ᵀY. Then
 *
 * <pre>dλⱼ = Aⱼⱼ,   dvⱼ = Σ_{t&lt;K} Mᵗ P yⱼ / λⱼ^(t+1) + V₁(F ∘ A)ⱼ,
 * Fᵢⱼ for 1/(λⱼ − λᵢ) in K terms, Fⱼⱼ = 0.</pre>
 *
 * <p>The result is that of {@link EigenTangent} with {@link InverseGap#powerIteration}, up to
 * rounding, if the pairs known are those of largest |λ|. Cost: a product with dM, and (K − 1)(2n² +
 * 4nk) flops per vector. Source: that of {@link PowerIterationGradient}, transposed.
 */
public final class PowerIterationTangent {
  private PowerIterationTangent() {}

  /**
   * dΛ₁ and dV₁ for a matrix at hand.
   *
   * @param matrix M, n×n symmetric
   * @param pairs k of its eigenpairs, no value 0
   * @param terms K ≥ 1
   * @param direction dM, n×n symmetric
   * @return the derivatives, k values and n×k vectors
   * @throws IllegalArgumentException if K &lt; 1, sizes do not match, a value is 0, or something is
   *     not finite or symmetric
   * @throws NonFiniteException if a derivative overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static EigenTangent along(
      DenseMatrix matrix, PartialEigendecomposition pairs, int terms, DenseMatrix direction) {
    SymmetricProduct product = KnownPairs.product(matrix, pairs);
    Cotangents.require("direction", matrix.rows(), matrix.rows(), direction);
    return along(product, pairs.values(), pairs.vectors(), terms, SymmetricProduct.of(direction));
  }

  /**
   * dΛ₁ and dV₁ for matrices too large to form.
   *
   * @param product with M
   * @param values λ of the k pairs, none 0
   * @param vectors V₁, n×k, orthonormal
   * @param terms K ≥ 1
   * @param direction the product with dM
   * @return the derivatives, k values and n×k vectors
   * @throws IllegalArgumentException if K &lt; 1, sizes do not match, a value is 0, or something is
   *     not finite
   * @throws NonFiniteException if a derivative overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public static EigenTangent along(
      SymmetricProduct product,
      double[] values,
      DenseMatrix vectors,
      int terms,
      SymmetricProduct direction) {
    int n = vectors.rows();
    int k = vectors.columns();
    InverseGap.PowerIteration rule = new InverseGap.PowerIteration(terms);
    KnownPairs pairs = KnownPairs.forSeries(product, values, vectors);
    Caller caller = Caller.current();
    if (k == 0) {
      return new EigenTangent(new double[0], vectors);
    }
    double[] image = new double[n * k];
    direction.multiply(n, k, vectors.columnMajor(), image);
    double[] core = pairs.along(image);
    double[] dValues = pairs.weighDirection(rule, core);
    double[] dVectors = pairs.series(terms, image, caller);
    pairs.addVectorsTimes(1, core, dVectors);
    return new EigenTangent(
        Cotangents.finiteResult("dλ", 1, dValues).columnMajor(),
        Cotangents.finiteResult("dV", n, dVectors));
  }
}
