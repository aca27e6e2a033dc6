package eigengrad.grad.roots;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import java.util.concurrent.CancellationException;

/**
 * A square root of a symmetric positive definite matrix without its eigendecomposition: what is
 * used where products are cheap and decompositions are not.
 *
 * <p>Each divides A by its Frobenius norm, so that the spectrum lies in (0, 1], and converges
 * slowly where it reaches far below 1; see the table in the module's {@code doc/measurements.md}.
 * Only {@link SpectralFunction} is exact. Each also refuses a matrix that is not positive definite,
 * at the cost of a Cholesky factorisation, n³/3 flops: none of them would notice.
 */
public sealed interface SquareRootMethod permits NewtonSchulz, TaylorSquareRoot, PadeSquareRoot {

  /**
   * A^(1/2).
   *
   * @param matrix A, n×n symmetric positive definite, n ≥ 1; not modified
   * @return the root
   * @throws IllegalArgumentException if A is empty, not square, not finite, not symmetric or not
   *     positive definite
   * @throws NonFiniteException if something overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  MatrixRoot squareRoot(DenseMatrix matrix);

  /**
   * The coupled Newton–Schulz iteration.
   *
   * @param iterations ≥ 1
   * @return the method
   * @throws IllegalArgumentException if there are fewer
   */
  static NewtonSchulz newtonSchulz(int iterations) {
    return new NewtonSchulz(iterations);
  }

  /**
   * The Taylor polynomial of √(1 − z).
   *
   * @param degree ≥ 1
   * @return the method
   * @throws IllegalArgumentException if it is lower
   */
  static SquareRootMethod taylor(int degree) {
    return new TaylorSquareRoot(degree);
  }

  /**
   * The diagonal Padé approximant of √(1 − z).
   *
   * @param degree of numerator and denominator, ≥ 1
   * @return the method
   * @throws IllegalArgumentException if it is lower
   */
  static SquareRootMethod pade(int degree) {
    return new PadeSquareRoot(degree);
  }
}
