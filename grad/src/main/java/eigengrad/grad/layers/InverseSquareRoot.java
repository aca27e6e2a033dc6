package eigengrad.grad.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.SpectralFunction;
import eigengrad.grad.internal.layers.NewtonSchulzInverseRoot;
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

  /**
   * Newton–Schulz iteration, IterNorm: some steps towards the root by products alone, from M
   * divided by its trace, and the exact derivative of these very steps.
   *
   * <p>With S = M/tr M, Y = S and Z = I, a step is
   *
   * <pre>Q = ½(3I − ZY),   Y ← YQ,   Z ← QZ;   in the end W = Z/√(tr M).</pre>
   *
   * <p>Z converges to S^(−1/2) from below: an eigenvalue s of S far below 1 is scaled by (3/2)^T at
   * most after T steps, rather than by s^(−1/2). With few steps, directions of small variance stay
   * small, which is what IterNorm wants; some 3 steps for each decimal digit of tr M/λ_min, and 5
   * more, give the exact root. M must be positive definite: the iteration would not notice. Cost
   * per group: 6d³ flops forward and 12d³ backward per step, and memory of 3d² numbers per step.
   * Source: L. Huang et al., <i>Iterative Normalization: Beyond Standardization towards Efficient
   * Whitening</i>, CVPR 2019, algorithm 1, in the coupled form of N. J. Higham, <i>Functions of
   * Matrices</i>, 2008, equation 6.35, which stays accurate however many steps are taken.
   *
   * @param steps T ≥ 1; the authors take 5
   * @return the root for {@link ZcaWhitening}
   * @throws IllegalArgumentException if steps &lt; 1
   */
  static InverseSquareRoot newtonSchulz(int steps) {
    return new NewtonSchulzInverseRoot(steps);
  }
}
