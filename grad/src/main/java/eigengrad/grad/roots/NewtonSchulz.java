package eigengrad.grad.roots;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Arguments;
import eigengrad.grad.internal.support.Caller;
import eigengrad.linalg.DenseMatrix;
import java.util.concurrent.CancellationException;

/**
 * The coupled Newton–Schulz iteration: square root and inverse square root by products alone.
 *
 * <p>From Y = A/‖A‖_F and Z = I,
 *
 * <pre>P = ½(3I − ZY),   Y ← YP,   Z ← PZ,</pre>
 *
 * <p>Y converges to (A/‖A‖_F)^(1/2) and Z to its inverse: an eigenvalue of ZY much below 1 grows by
 * a factor of 9/4 per iteration, one near 1 converges quadratically. Rounding errors stay at about
 * u times the root of the condition number, as long as the products are whole and in this order:
 * with one triangle of them mirrored to the other the iteration diverges once it has converged.
 * Cost: 6n³ flops per iteration. Source: N. J. Higham, <i>Functions of Matrices</i>, 2008, equation
 * 6.35.
 *
 * @param iterations ≥ 1; about 3 for each decimal digit of ‖A‖_F/λ_min, and 5 more
 */
public record NewtonSchulz(int iterations) implements SquareRootMethod {
  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if iterations &lt; 1
   */
  public NewtonSchulz {
    Arguments.requirePositive("iterations", iterations);
  }

  @Override
  public MatrixRoot squareRoot(DenseMatrix matrix) {
    ScaledDefinite scaled = ScaledDefinite.of(matrix);
    return MatrixRoot.squareRoot(scaled, iterate(scaled).y());
  }

  /**
   * A^(−1/2).
   *
   * @param matrix A, n×n symmetric positive definite, n ≥ 1; not modified
   * @return the inverse root
   * @throws IllegalArgumentException if A is empty, not square, not finite, not symmetric or not
   *     positive definite
   * @throws NonFiniteException if something overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixRoot inverseSquareRoot(DenseMatrix matrix) {
    ScaledDefinite scaled = ScaledDefinite.of(matrix);
    return MatrixRoot.inverseSquareRoot(scaled, iterate(scaled).z());
  }

  /** The coupled iterates. */
  private record Iterates(DenseMatrix y, DenseMatrix z) {}

  private Iterates iterate(ScaledDefinite matrix) {
    DenseMatrix y = matrix.unit();
    DenseMatrix identity = DenseMatrix.identity(y.rows());
    DenseMatrix z = identity;
    Caller caller = Caller.current();
    for (int k = 0; k < iterations; k++) {
      caller.requireNotInterrupted();
      DenseMatrix p = identity.times(1.5).plusScaled(-0.5, z.times(y));
      y = y.times(p);
      z = p.times(z);
    }
    return new Iterates(y.symmetricPart(), z.symmetricPart());
  }
}
