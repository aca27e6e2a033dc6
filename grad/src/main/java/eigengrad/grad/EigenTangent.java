package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * The derivative of eigenvalues and eigenvectors in a direction dM: forward mode, the transpose of
 * {@link EigenGradient}.
 *
 * <pre>A = Vᵀ dM V,   dλⱼ = Aⱼⱼ,   dV = V(F ∘ A),   Fᵢⱼ = 1/(λⱼ − λᵢ), Fⱼⱼ = 0.</pre>
 *
 * <p>With the same rule for 1/(λⱼ − λᵢ), ⟨∂L/∂λ, dλ⟩ + ⟨∂L/∂V, dV⟩ = ⟨∂L/∂M, dM⟩ for all of them,
 * whatever the rule. Domain: distinct eigenvalues. At a tie the values have one-sided derivatives
 * only, and dλ is that of the given basis; dV misses what the rule sets to 0.
 *
 * <p>It needs the decomposition only, which may serve any number of directions. Cost: 5n³ flops
 * each. Source: M. B. Giles, <i>An extended collection of matrix derivative results</i>, 2008,
 * section 3.1.
 *
 * @param values dλ, n elements
 * @param vectors dV, n×n
 */
public record EigenTangent(double[] values, DenseMatrix vectors) {

  /**
   * dλ and dV.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param direction dM, n×n symmetric
   * @return the derivatives
   * @throws IllegalArgumentException if the direction has another order, or is not symmetric or
   *     finite
   * @throws NonFiniteException if the rule has no finite coefficient for a pair of eigenvalues, as
   *     the analytic one at a tie, or a derivative overflows
   */
  public static EigenTangent along(
      Eigendecomposition eigen, InverseGap rule, DenseMatrix direction) {
    int n = requireDirection(eigen, direction);
    double[] v = eigen.vectors().columnMajor();
    double[] product = new double[n * n];
    double[] core = new double[n * n];
    Gemm gemm = new Gemm();
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        n,
        n,
        n,
        1,
        direction.columnMajor(),
        0,
        n,
        v,
        0,
        n,
        0,
        product,
        0,
        n);
    gemm.multiplyLower(Transpose.YES, Transpose.NO, n, n, 1, v, 0, n, product, 0, n, 0, core, 0, n);
    LowerTriangle.mirror(n, core, 0, n);
    double[] values = weigh(new GapCoefficients(eigen, rule, Precision.FLOAT64), n, core);
    gemm.multiply(Transpose.NO, Transpose.NO, n, n, n, 1, v, 0, n, core, 0, n, 0, product, 0, n);
    return n == 0
        ? new EigenTangent(values, direction)
        : new EigenTangent(
            Cotangents.finiteResult("dλ", 1, values).columnMajor(),
            Cotangents.finiteResult("dV", n, product));
  }

  /**
   * dλ alone, for which no rule is needed. Cost: 2n³ flops.
   *
   * @param eigen the decomposition of M, n×n
   * @param direction dM, n×n symmetric
   * @return n elements
   * @throws IllegalArgumentException if the direction has another order, or is not symmetric or
   *     finite
   * @throws NonFiniteException if a derivative overflows
   */
  public static double[] valuesAlong(Eigendecomposition eigen, DenseMatrix direction) {
    int n = requireDirection(eigen, direction);
    double[] v = eigen.vectors().columnMajor();
    double[] product = direction.times(eigen.vectors()).columnMajor();
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = Kernels.active().dot(n, v, j * n, product, j * n);
    }
    return n == 0 ? values : Cotangents.finiteResult("dλ", 1, values).columnMajor();
  }

  private static int requireDirection(Eigendecomposition eigen, DenseMatrix direction) {
    int n = eigen.size();
    Cotangents.require("direction", n, n, direction);
    direction.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
    return n;
  }

  /** A → F ∘ A in place; returns the diagonal of A. */
  private static double[] weigh(GapCoefficients coefficients, int n, double[] core) {
    double[] diagonal = new double[n];
    for (int j = 0; j < n; j++) {
      int column = j * n;
      double[] below = coefficients.of(j, 0, j);
      for (int i = 0; i < j; i++) {
        core[column + i] *= below[i];
      }
      diagonal[j] = core[column + j];
      core[column + j] = 0;
      double[] above = coefficients.of(j, j + 1, n);
      for (int i = j + 1; i < n; i++) {
        core[column + i] *= -above[i];
      }
    }
    return diagonal;
  }
}
