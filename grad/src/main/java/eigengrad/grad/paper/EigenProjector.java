package eigengrad.grad.paper;

import eigengrad.grad.internal.layers.LeadingComponents;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;
import java.util.Arrays;

/**
 * P = Σᵢ uᵢuᵢᵀ over the leading eigenvectors, differentiated through each of them.
 *
 * <p>Backward, S the symmetric cotangent of P, ∂L/∂uᵢ = 2S uᵢ, which the method carries back to M.
 *
 * <p>P itself depends only on pairs of a kept and a dropped eigenvector. Through single vectors the
 * pairs of two kept ones enter as well, and cancel only because the coefficient of a pair changes
 * sign with it: their rounding does not cancel, and the analytic method divides it by their gap.
 * Across the edge a hybrid method of K terms carries back the share 1 − q^K of a pair of ratio q.
 *
 * <p>Source: W. Wang et al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019.
 *
 * @param eigen how M is decomposed and differentiated
 */
public record EigenProjector(DifferentiableEigen eigen) implements LeadingProjector {

  @Override
  public LeadingProjector.Pass forward(DenseMatrix matrix, ComponentCount count) {
    int n = LeadingComponents.require(matrix, count);
    DifferentiableEigen.Pass pass = eigen.forward(matrix, count.known(n));
    int kept = LeadingComponents.count(count, pass.values(), matrix);
    double[] u = Arrays.copyOf(pass.vectors().columnMajor(), n * kept);
    return new EigenPass(
        pass, DenseMatrix.wrap(n, kept, u), SymmetricProducts.gramOfRows(1, n, kept, u));
  }

  /**
   * The decomposition.
   *
   * @param pass of the method
   * @param kept its leading vectors, U
   * @param matrix P
   */
  private record EigenPass(DifferentiableEigen.Pass pass, DenseMatrix kept, DenseMatrix matrix)
      implements LeadingProjector.Pass {

    @Override
    public int components() {
      return kept.columns();
    }

    @Override
    public DenseMatrix backward(DenseMatrix s) {
      int n = kept.rows();
      Cotangents.require("symmetricCotangent", n, n, s);
      int known = pass.values().length;
      double[] cotangent = new double[n * known];
      new Gemm()
          .multiply(
              Transpose.NO,
              Transpose.NO,
              n,
              kept.columns(),
              n,
              2,
              s.columnMajor(),
              kept.columnMajor(),
              0,
              cotangent);
      return pass.backward(new double[known], Cotangents.finiteResult("∂L/∂U", n, cotangent));
    }
  }
}
