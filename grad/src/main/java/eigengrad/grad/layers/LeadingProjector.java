package eigengrad.grad.layers;

import eigengrad.grad.InverseGap;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.ProjectorGradient;
import eigengrad.grad.internal.layers.SpectralProjector;
import eigengrad.linalg.DenseMatrix;
import java.util.concurrent.CancellationException;

/**
 * A way to find the projector P = UUᵀ onto the leading eigenvectors U of a matrix and to carry
 * gradients back through it: what {@link PcaDenoising} denoises with.
 *
 * <p>Where an eigenvalue that is kept meets one that is dropped, P jumps and has no derivative.
 */
public interface LeadingProjector {

  /**
   * P of the leading eigenvectors.
   *
   * @param matrix positive semidefinite, n×n; not modified
   * @param count how many are kept
   * @return the pass
   * @throws IllegalArgumentException if the matrix is not finite or not symmetric, has no rows or
   *     fewer than are to be kept
   * @throws NonFiniteException if something overflows the method's precision
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  Pass forward(DenseMatrix matrix, ComponentCount count);

  /** P and the way back from it: immutable. */
  interface Pass {
    /**
     * How many eigenvectors were kept.
     *
     * @return k; {@link #backward} takes it as a constant
     */
    int components();

    /**
     * The projector.
     *
     * @return P, n×n, symmetric
     */
    DenseMatrix matrix();

    /**
     * The adjoint of the derivative.
     *
     * @param symmetricCotangent sym(∂L/∂P), n×n
     * @return ∂L/∂M, n×n, exactly symmetric
     * @throws IllegalArgumentException if the size does not match or the cotangent is not finite
     * @throws NonFiniteException if the gradient is not finite under the method
     * @throws CancellationException if the method notices that the calling thread is interrupted
     */
    DenseMatrix backward(DenseMatrix symmetricCotangent);
  }

  /**
   * The exact projector with its exact gradient, {@link ProjectorGradient}: ties inside the kept or
   * the dropped eigenvalues do no harm. A ∂L/∂P that depends on the basis within a tie across the
   * edge has no gradient and is refused.
   *
   * @return the default of {@link PcaDenoising}
   */
  static LeadingProjector exact() {
    return with(InverseGap.analytic());
  }

  /**
   * The exact projector with a rule for 1/(λᵢ − λⱼ) between kept and dropped eigenvalues.
   *
   * <p>For training that must not stop: {@code InverseGap.clipped(1e6)} is exact as long as the
   * edge is wider than 10⁻⁶ of the largest eigenvalue. Where it is narrower, the coefficient stays
   * at 10⁶ over that eigenvalue; at a tie, where there is no derivative, it is 0.
   *
   * @param rule bounded, or the analytic one
   * @return the projector
   */
  static LeadingProjector with(InverseGap rule) {
    return new SpectralProjector(rule);
  }
}
