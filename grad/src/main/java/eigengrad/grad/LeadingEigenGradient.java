package eigengrad.grad;

import eigengrad.grad.internal.eigen.GradientAssembly;
import eigengrad.grad.internal.eigen.KnownPairs;
import eigengrad.grad.internal.support.Caller;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.LeadingPairs;
import eigengrad.linalg.SymmetricProduct;
import eigengrad.simd.ArraySize;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * The analytic derivative of pairs at the ends of an operator's spectrum, backward and forward, by
 * products with the operator alone: exact where {@link PowerIterationGradient} is bounded.
 *
 * <p>V₁ are the vectors known, Λ₁ their values, P = I − V₁V₁ᵀ, G = ∂L/∂V₁. Column j of
 *
 * <pre>X = S + V₁C,   (λⱼI − M) sⱼ = P gⱼ in the range of P,   gives   ∂L/∂M = sym(X V₁ᵀ),</pre>
 *
 * <p>with Cᵢⱼ = ½ (V₁ᵀG − GᵀV₁)ᵢⱼ/(λⱼ − λᵢ) and Cⱼⱼ = ∂L/∂λⱼ. In a direction dM, with Y = dM V₁,
 * dλⱼ = vⱼᵀyⱼ and dvⱼ = sⱼ + Σᵢ vᵢ (vᵢᵀyⱼ)/(λⱼ − λᵢ), where now (λⱼI − M) sⱼ = P yⱼ.
 *
 * <p>The systems are solved by MINRES, all of them at once. It needs about as many steps as the
 * root of the spread of the spectrum over the distance of λⱼ to the nearest eigenvalue that is not
 * known: with more pairs than the loss uses, whose cotangents are 0, it needs fewer. Each system
 * ends with a residual of ‖P gⱼ − (λⱼI − M)sⱼ‖ ≤ tolerance·(‖P gⱼ‖ + ‖M‖‖sⱼ‖); errors of the pairs,
 * their {@link LeadingPairs#bounds} over the distance to other eigenvalues, come on top.
 *
 * <p>Domain: that of the analytic rule. Pairs whose bounds cannot tell them apart tie. A loss that
 * depends on the basis within a tie is refused, and a tie with an eigenvalue that is not known is,
 * too, where the loss depends on which vectors of it are.
 *
 * <p>Memory: 8nk doubles. Cost: a product and some (12 + 4k)n flops for each step and system.
 * Source: C. C. Paige and M. A. Saunders, <i>Solution of Sparse Indefinite Systems of Linear
 * Equations</i>, SIAM J. Numer. Anal. 12 (1975); for the formulas that of {@link EigenGradient}.
 *
 * @param tolerance of a residual, relative, ≥ 0; one below 2⁻⁵⁰ counts as that
 * @param maxProducts with single vectors, ≥ 1, after which a call fails
 * @param progress told after every step, on the calling thread
 */
public record LeadingEigenGradient(double tolerance, int maxProducts, Consumer<Progress> progress) {

  /** Residuals of 1e-12, at most 100 000 products. */
  public static final LeadingEigenGradient DEFAULT =
      new LeadingEigenGradient(1e-12, 100_000, progress -> {});

  /**
   * How far a call has got.
   *
   * @param products with single vectors so far
   * @param solved how many of the systems are solved
   * @param wanted how many there are: pairs with a cotangent beside V₁
   * @param largestResidual of those that are not, relative to the right-hand side; 0 if all are
   */
  public record Progress(int products, int solved, int wanted, double largestResidual) {}

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the tolerance is negative or NaN, or no product is allowed
   */
  public LeadingEigenGradient {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be ≥ 0, got " + tolerance);
    }
    if (maxProducts < 1) {
      throw new IllegalArgumentException("maxProducts must be ≥ 1, got " + maxProducts);
    }
  }

  /**
   * These settings with another tolerance.
   *
   * @param relative of a residual
   * @return settings for such residuals
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public LeadingEigenGradient withTolerance(double relative) {
    return new LeadingEigenGradient(relative, maxProducts, progress);
  }

  /**
   * These settings with another budget.
   *
   * @param products with single vectors, ≥ 1
   * @return settings that end after so many
   * @throws IllegalArgumentException if it is below 1
   */
  public LeadingEigenGradient withMaxProducts(int products) {
    return new LeadingEigenGradient(tolerance, products, progress);
  }

  /**
   * These settings with somebody who is told of progress.
   *
   * @param listener called after every step, on the calling thread; what it throws ends the call
   * @return settings that give the same result
   */
  public LeadingEigenGradient withProgress(Consumer<Progress> listener) {
    return new LeadingEigenGradient(tolerance, maxProducts, listener);
  }

  /**
   * ∂L/∂M, n×n.
   *
   * @param product with M
   * @param pairs k of its pairs
   * @param valueCotangent ∂L/∂λ, k elements
   * @param vectorCotangent ∂L/∂V₁, n×k
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match, something is not finite, or n² elements
   *     are more than an array holds, where there is {@link #factor}
   * @throws NonFiniteException if the loss has no derivative at a tie, or the gradient overflows
   * @throws MinresException if the products are used up
   * @throws CancellationException if the calling thread is interrupted
   */
  public DenseMatrix backward(
      SymmetricProduct product,
      LeadingPairs pairs,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int n = pairs.pairs().order();
    int elements =
        ArraySize.of("∂L/∂M", n, n, "take its factor X from LeadingEigenGradient.factor");
    DenseMatrix x = factor(product, pairs, valueCotangent, vectorCotangent);
    return GradientAssembly.ofFactors(elements, x, pairs.vectors());
  }

  /**
   * X, from which ∂L/∂M = ½(XV₁ᵀ + V₁Xᵀ): for operators too large to form.
   *
   * @param product with M
   * @param pairs k of its pairs
   * @param valueCotangent ∂L/∂λ, k elements
   * @param vectorCotangent ∂L/∂V₁, n×k
   * @return n×k
   * @throws IllegalArgumentException if sizes do not match, or something is not finite
   * @throws NonFiniteException if the loss has no derivative at a tie, or an element overflows
   * @throws MinresException if the products are used up
   * @throws CancellationException if the calling thread is interrupted
   */
  public DenseMatrix factor(
      SymmetricProduct product,
      LeadingPairs pairs,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int n = pairs.pairs().order();
    int k = pairs.size();
    Cotangents.require("valueCotangent", k, valueCotangent);
    Cotangents.require("vectorCotangent", n, k, vectorCotangent);
    Caller caller = Caller.current();
    if (k == 0) {
      return pairs.vectors();
    }
    KnownPairs known = KnownPairs.forResolvent(product, pairs);
    double[] g = vectorCotangent.columnMajor();
    double[] core = known.along(g);
    known.requireIndependentLoss(valueCotangent, g, core);
    known.weighCotangent(InverseGap.analytic(), valueCotangent, core);
    double[] x = known.resolvent(this, g, caller);
    known.addVectorsTimes(1, core, x);
    return Cotangents.finiteResult("∂L/∂M", n, x);
  }

  /**
   * dΛ₁ and dV₁.
   *
   * @param product with M
   * @param pairs k of its pairs
   * @param direction the product with dM
   * @return the derivatives, k values and n×k vectors
   * @throws IllegalArgumentException if a product is not finite
   * @throws NonFiniteException if dM splits a tie, or a derivative overflows
   * @throws MinresException if the products are used up
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenTangent along(
      SymmetricProduct product, LeadingPairs pairs, SymmetricProduct direction) {
    int n = pairs.pairs().order();
    int k = pairs.size();
    Caller caller = Caller.current();
    if (k == 0) {
      return new EigenTangent(new double[0], pairs.vectors());
    }
    KnownPairs known = KnownPairs.forResolvent(product, pairs);
    double[] image = new double[n * k];
    direction.multiply(n, k, pairs.vectors().columnMajor(), image);
    Cotangents.require("direction", image.length, image);
    double[] core = known.along(image);
    known.requireTiesKept(image, core);
    double[] dValues = known.weighDirection(InverseGap.analytic(), core);
    double[] dVectors = known.resolvent(this, image, caller);
    known.addVectorsTimes(1, core, dVectors);
    return new EigenTangent(
        Cotangents.finiteResult("dλ", 1, dValues).columnMajor(),
        Cotangents.finiteResult("dV", n, dVectors));
  }
}
