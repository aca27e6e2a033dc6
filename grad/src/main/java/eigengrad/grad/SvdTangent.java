package eigengrad.grad;

import eigengrad.grad.internal.support.ArrayText;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.svd.SvdCoefficients;
import eigengrad.grad.internal.svd.SvdDifferential;
import eigengrad.grad.internal.svd.TallFactors;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import java.util.Arrays;

/**
 * The derivative of singular values and vectors in a direction dA: forward mode, the transpose of
 * {@link SvdGradient}.
 *
 * <pre>P = Uᵀ dA V,   dσⱼ = Pⱼⱼ,
 * dU = U Ω + (I − UUᵀ) dA V Σ⁻¹,    2Ωᵢⱼ = (P + Pᵀ)ᵢⱼ/(σⱼ − σᵢ) + (P − Pᵀ)ᵢⱼ/(σⱼ + σᵢ),
 * dV = V Ψ + (I − VVᵀ) dAᵀ U Σ⁻¹,   2Ψᵢⱼ = (P + Pᵀ)ᵢⱼ/(σⱼ − σᵢ) − (P − Pᵀ)ᵢⱼ/(σⱼ + σᵢ).</pre>
 *
 * <p>With the same rule for 1/(σⱼ − σᵢ), ⟨∂L/∂σ, dσ⟩ + ⟨∂L/∂U, dU⟩ + ⟨∂L/∂V, dV⟩ = ⟨∂L/∂A, dA⟩ for
 * all of them, whatever the rule. Domain: distinct singular values, not 0. In a tie ({@link
 * InverseGap#tieTolerance}) dσ is that of the given basis, and dU and dV have nothing between the
 * vectors that tie, nor of those that tie with 0 anything beside the k. That is the derivative of
 * whatever does not depend on the basis; it is also that of the vectors themselves where dA does
 * not split the tie, and the analytic rule refuses a dA that does.
 *
 * <p>Cost: 8n³ flops for m = n, 6mn² + 2n³ for m &gt; n. Source: J. Townsend, <i>Differentiating
 * the Singular Value Decomposition</i>, 2016.
 *
 * @param left dU, m×k
 * @param values dσ, k elements
 * @param right dV, n×k
 */
public record SvdTangent(DenseMatrix left, double[] values, DenseMatrix right) {

  /**
   * dU, dσ and dV.
   *
   * @param svd the decomposition of A, m×n, with all k = min(m, n) values
   * @param rule what stands for 1/(σᵢ − σⱼ)
   * @param direction dA, m×n
   * @return the derivatives
   * @throws IllegalArgumentException if the direction has another shape or is not finite, or only
   *     the largest singular values are there
   * @throws NonFiniteException if dA splits a tie under the analytic rule, or a coefficient or a
   *     derivative overflows
   */
  public static SvdTangent along(
      SingularValueDecomposition svd, InverseGap rule, DenseMatrix direction) {
    TallFactors factors = TallFactors.of(svd);
    Cotangents.require("direction", svd.rows(), svd.columns(), direction);
    int m = factors.m();
    int n = factors.n();
    if (n == 0) {
      return new SvdTangent(empty(svd.rows()), new double[0], empty(svd.columns()));
    }
    SvdDifferential differential =
        new SvdDifferential(factors, new SvdCoefficients(factors, rule), direction.columnMajor());
    double[] values = differential.values();
    double[] x = differential.ofX();
    double[] y = differential.ofY();
    boolean wide = factors.transposed();
    return new SvdTangent(
        Cotangents.finiteResult("dU", wide ? n : m, wide ? y : x),
        Cotangents.finiteResult("dσ", 1, values).columnMajor(),
        Cotangents.finiteResult("dV", wide ? m : n, wide ? x : y));
  }

  /**
   * dσ alone, for which no rule is needed; the largest values alone will do. Cost: 2mnk flops.
   *
   * @param svd the decomposition of A, m×n, with k values
   * @param direction dA, m×n
   * @return k elements
   * @throws IllegalArgumentException if the direction has another shape or is not finite
   * @throws NonFiniteException if a derivative overflows
   */
  public static double[] valuesAlong(SingularValueDecomposition svd, DenseMatrix direction) {
    Cotangents.require("direction", svd.rows(), svd.columns(), direction);
    double[] values = SvdDifferential.values(svd, direction.columnMajor());
    return values.length == 0 ? values : Cotangents.finiteResult("dσ", 1, values).columnMajor();
  }

  private static DenseMatrix empty(int rows) {
    return DenseMatrix.wrap(rows, 0, new double[0]);
  }

  /** Compares all numbers bit by bit: 0 and −0 differ, NaN equals NaN. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SvdTangent that
        && left.equals(that.left)
        && Arrays.equals(values, that.values)
        && right.equals(that.right);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * left.hashCode() + Arrays.hashCode(values)) + right.hashCode();
  }

  /** Every component; of a long array only its length. */
  @Override
  public String toString() {
    return "SvdTangent[left="
        + left
        + ", values="
        + ArrayText.of(values)
        + ", right="
        + right
        + "]";
  }
}
