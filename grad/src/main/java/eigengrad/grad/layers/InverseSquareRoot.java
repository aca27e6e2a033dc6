package eigengrad.grad.layers;

import eigengrad.grad.internal.layers.SpectralInverseSquareRoot;
import eigengrad.linalg.DenseMatrix;
import java.util.concurrent.CancellationException;

/**
 * A way to compute W = M^(−1/2) of covariances and to carry gradients back through it: what {@link
 * ZcaWhitening} whitens with.
 */
public interface InverseSquareRoot {

  /**
   * W = M^(−1/2) of each group, or its part in the directions kept.
   *
   * @param covariances M, symmetric positive definite, all of one order d×d; not modified
   * @param epsilon the layer's ε, a lower bound of every exact eigenvalue
   * @return the pass
   * @throws IllegalArgumentException if covariances are not of one order, empty, not finite or not
   *     symmetric
   * @throws NonFiniteException if an eigenvalue that is needed is not positive
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  Pass forward(DenseMatrix[] covariances, double epsilon);

  /** W of each group and the way back from it: immutable. */
  interface Pass {
    /**
     * The roots.
     *
     * @return W of each group, d×d, symmetric
     */
    DenseMatrix[] matrices();

    /**
     * The adjoint of the derivative.
     *
     * @param symmetricCotangents sym(∂L/∂W) of each group, d×d
     * @return ∂L/∂M of each group, d×d, exactly symmetric
     * @throws IllegalArgumentException if their number or a size does not match
     * @throws NonFiniteException if a gradient is not finite under the method
     * @throws CancellationException if the method notices that the calling thread is interrupted
     */
    DenseMatrix[] backward(DenseMatrix[] symmetricCotangents);
  }

  /**
   * The exact root with its exact gradient, finite at repeated eigenvalues: {@link
   * SpectralFunction#inverseSquareRoot()}.
   *
   * @return the default of {@link ZcaWhitening}
   */
  static InverseSquareRoot exact() {
    return new SpectralInverseSquareRoot();
  }
}
