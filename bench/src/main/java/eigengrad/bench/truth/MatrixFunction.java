package eigengrad.bench.truth;

import eigengrad.grad.paper.DifferentiableEigen;
import eigengrad.linalg.DenseMatrix;

/**
 * A function f of a symmetric positive definite M. Its gradient is that of the loss ⟨S, f(M)⟩, S
 * symmetric.
 */
sealed interface MatrixFunction permits InverseRoot, LeadingProjector {

  /**
   * (f(λᵢ) − f(λⱼ))/(λᵢ − λⱼ), or its limit, without cancellation.
   *
   * @param values λ, descending
   */
  double dividedDifference(double[] values, int i, int j);

  /** ∂L/∂M as the library computes it by default. */
  DenseMatrix exact(DenseMatrix matrix, DenseMatrix cotangent);

  /** ∂L/∂M through single eigenvectors, as the paper does it. */
  DenseMatrix through(DifferentiableEigen eigen, DenseMatrix matrix, DenseMatrix cotangent);
}
