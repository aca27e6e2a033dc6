package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * ∂L/∂M of a loss that depends on the eigenvalues and eigenvectors of a symmetric M.
 *
 * <p>From M = VΛVᵀ, dλⱼ = vⱼᵀ dM vⱼ and dV = V(F ∘ (Vᵀ dM V)) with Fᵢⱼ = 1/(λⱼ − λᵢ), Fⱼⱼ = 0, so
 *
 * <pre>∂L/∂M = sym( V ( F ∘ (VᵀG) + diag(∂L/∂λ) ) Vᵀ ),   G = ∂L/∂V,   sym(X) = ½(X + Xᵀ).</pre>
 *
 * <p>The rule says what stands for 1/(λⱼ − λᵢ). Domain: L must not depend on the signs of the
 * vectors; where eigenvalues repeat it must not depend on the choice of basis inside their
 * eigenspace either. With ∂L/∂V = 0 no rule is needed, and ties do no harm under any.
 *
 * <p>Cost: three matrix products, 6n³ flops. Source: M. B. Giles, <i>An extended collection of
 * matrix derivative results</i>, 2008, section 3.1; W. Wang et al., <i>Backpropagation-Friendly
 * Eigendecomposition</i>, NeurIPS 2019, equations 10 to 14.
 */
public final class EigenGradient {
  private EigenGradient() {}

  /**
   * ∂L/∂M.
   *
   * @param eigen the decomposition of M, n×n
   * @param rule what stands for 1/(λᵢ − λⱼ)
   * @param valueCotangent ∂L/∂λ, n elements in the order of {@link Eigendecomposition#values()}
   * @param vectorCotangent ∂L/∂V, n×n
   * @return an exactly symmetric n×n matrix
   * @throws IllegalArgumentException if sizes do not match or a cotangent is not finite
   * @throws NonFiniteException if the rule has no finite coefficient for a pair of eigenvalues, as
   *     the analytic one at a tie, or the gradient overflows
   */
  public static DenseMatrix backward(
      Eigendecomposition eigen,
      InverseGap rule,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    return backward(eigen, rule, Precision.FLOAT64, valueCotangent, vectorCotangent);
  }

  /** The same with every stored intermediate, the coefficients included, in a given precision. */
  static DenseMatrix backward(
      Eigendecomposition eigen,
      InverseGap rule,
      Precision precision,
      double[] valueCotangent,
      DenseMatrix vectorCotangent) {
    int n = eigen.size();
    Cotangents.require("valueCotangent", n, valueCotangent);
    Cotangents.require("vectorCotangent", n, n, vectorCotangent);
    double[] v = eigen.vectors().columnMajor();
    double[] g = precision.rounded(vectorCotangent.columnMajor());
    double[] core = new double[n * n];
    double[] half = new double[n * n];
    Gemm gemm = new Gemm();
    multiply(gemm, Transpose.YES, Transpose.NO, n, v, g, core);
    precision.round(core);
    if (Kernels.active().maxAbs(g.length, g, 0) > 0) {
      weigh(eigen, rule, precision, core);
    }
    for (int j = 0; j < n; j++) {
      core[j + j * n] = valueCotangent[j];
    }
    precision.round(core);
    multiply(gemm, Transpose.NO, Transpose.NO, n, v, core, half);
    precision.round(half);
    multiply(gemm, Transpose.NO, Transpose.YES, n, half, v, core);
    DenseMatrix gradient = DenseMatrix.wrap(n, n, core).symmetricPart();
    return n == 0
        ? gradient
        : Cotangents.finiteResult("∂L/∂M", n, precision.rounded(gradient.columnMajor()));
  }

  /** VᵀG → sym(F ∘ (VᵀG)) off the diagonal, in place. */
  private static void weigh(
      Eigendecomposition eigen, InverseGap rule, Precision precision, double[] core) {
    int n = eigen.size();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        double coefficient = precision.round(rule.between(eigen.value(j), eigen.value(i)));
        if (!Double.isFinite(coefficient)) {
          throw new NonFiniteException(
              "the "
                  + rule
                  + " rule has no finite coefficient for eigenvalues "
                  + i
                  + " and "
                  + j
                  + ", "
                  + eigen.value(i)
                  + " and "
                  + eigen.value(j)
                  + ": a bounded rule such as InverseGap.powerIteration(19) has");
        }
        double skew = precision.round(core[i + j * n] - core[j + i * n]);
        double weighed = 0.5 * coefficient * skew;
        core[i + j * n] = weighed;
        core[j + i * n] = weighed;
      }
    }
  }

  private static void multiply(
      Gemm gemm,
      Transpose transposeA,
      Transpose transposeB,
      int n,
      double[] a,
      double[] b,
      double[] c) {
    gemm.multiply(transposeA, transposeB, n, n, n, 1, a, 0, n, b, 0, n, 0, c, 0, n);
  }
}
