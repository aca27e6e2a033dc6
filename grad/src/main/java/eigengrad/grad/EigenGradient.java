package eigengrad.grad;

import eigengrad.grad.internal.eigen.GapCoefficients;
import eigengrad.grad.internal.eigen.GaugeGate;
import eigengrad.grad.internal.eigen.GradientAssembly;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.Rounding;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.IndexRange;

/**
 * ∂L/∂M of a loss that depends on the eigenvalues and eigenvectors of a symmetric M.
 *
 * <p>From M = VΛVᵀ, dλⱼ = vⱼᵀ dM vⱼ and dV = V(F ∘ (Vᵀ dM V)) with Fᵢⱼ = 1/(λⱼ − λᵢ), Fⱼⱼ = 0, so
 *
 * <pre>∂L/∂M = sym( V ( F ∘ (VᵀG) + diag(∂L/∂λ) ) Vᵀ ),   G = ∂L/∂V,   sym(X) = ½(X + Xᵀ).</pre>
 *
 * <p>The rule says what stands for 1/(λⱼ − λᵢ). Domain: L must not depend on the signs of the
 * vectors; where eigenvalues tie ({@link InverseGap#tieTolerance}) it must not depend on the choice
 * of basis inside their eigenspace either. The analytic rule refuses a loss that does, as far as
 * ∂L/∂V shows it ({@link Gauge}), and one of both values and vectors whose ∂L/∂λ differs within a
 * tie, as that of a function of the matrix does: there {@link SpectralFunction} is exact. A bounded
 * rule leaves out what it cannot know. With ∂L/∂V = 0 no rule is needed.
 *
 * <p>Cost: 5n³ flops; 6n²k where all cotangents that are not 0 belong to k neighbouring pairs. The
 * derivative in the other direction, from dM to dλ and dV, is {@link EigenTangent}. Source: M. B.
 * Giles, <i>An extended collection of matrix derivative results</i>, 2008, section 3.1; W. Wang et
 * al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019, equations 10 to 14.
 */
public final class EigenGradient {
  private EigenGradient() {}

  /**
   * ∂L/∂M from values and vectors.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangent ∂L/∂λ, n elements in the order of {@link Eigendecomposition#values()}
   * @param vectorCotangent ∂L/∂V, n×n
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or a cotangent is not finite
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backward(
      Eigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    return GradientAssembly.backward(eigen, rule, Rounding.NONE, valueCotangent, vectorCotangent);
  }

  /**
   * ∂L/∂M from values alone: V diag(∂L/∂λ) Vᵀ. No rule is needed; at a tie, L must be a symmetric
   * function of the values that tie. Cost: n³ flops.
   *
   * @param eigen the decomposition of M, n×n
   * @param valueCotangent ∂L/∂λ, n elements
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if the gradient overflows
   */
  public static DenseMatrix backwardValues(Eigendecomposition eigen, double[] valueCotangent) {
    int n = eigen.size();
    Cotangents.require("valueCotangent", n, valueCotangent);
    return GradientAssembly.fromValues(eigen, Rounding.NONE, valueCotangent);
  }

  /**
   * ∂L/∂M from vectors alone.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param vectorCotangent ∂L/∂V, n×n
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backwardVectors(
      Eigendecomposition eigen, InverseGap rule, DenseMatrix vectorCotangent) {
    return backward(eigen, rule, new double[eigen.size()], vectorCotangent);
  }

  /**
   * ∂L/∂M from some vectors, for instance the leading k. Cost: 6n²k flops.
   *
   * @param eigen the decomposition of M, n×n
   * @param range which k vectors L depends on
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param vectorCotangent the cotangents of those vectors, n×k, in ascending order of the values
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or the cotangent is not finite
   * @throws NonFiniteException if L depends on the basis within a tie under the analytic rule, or a
   *     coefficient or the gradient overflows
   */
  public static DenseMatrix backwardVectors(
      Eigendecomposition eigen, IndexRange range, InverseGap rule, DenseMatrix vectorCotangent) {
    int n = eigen.size();
    int first = range.first(n);
    int k = range.count();
    if (Cotangents.require("vectorCotangent", n, k, vectorCotangent) == 0) {
      return DenseMatrix.wrap(n, n, new double[n * n]);
    }
    GapCoefficients coefficients = new GapCoefficients(eigen, rule, Rounding.NONE);
    return new GradientAssembly(eigen, coefficients, Rounding.NONE, first, k)
        .assemble(new double[n], vectorCotangent.columnMajor(), 0, GaugeGate.of(coefficients));
  }

  /**
   * ∂L/∂M from values and vectors, with what there is to know about its quality. A loss that
   * depends on the basis within a tie is not refused but reported; the gradient leaves that part
   * out.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangent ∂L/∂λ, n elements
   * @param vectorCotangent ∂L/∂V, n×n
   * @return the gradient of {@link #backward} and its diagnostics, at O(n²) flops more and 4n for
   *     each pair that ties
   * @throws IllegalArgumentException if sizes do not match or a cotangent is not finite
   * @throws NonFiniteException if a coefficient or the gradient overflows
   */
  public static DiagnosedGradient diagnosed(
      Eigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    GapCoefficients coefficients = new GapCoefficients(eigen, rule, Rounding.NONE);
    DenseMatrix gradient =
        GradientAssembly.backward(
            eigen,
            coefficients,
            Rounding.NONE,
            valueCotangent,
            vectorCotangent,
            GaugeGate.open(coefficients));
    return DiagnosedGradient.of(gradient, eigen, coefficients, vectorCotangent);
  }
}
