package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Transpose;
import java.util.concurrent.CancellationException;

/**
 * An approximate square root or inverse square root of a matrix, with its gradient by a Lyapunov
 * equation and its errors against the exact route. Immutable.
 *
 * <p>Backward does not retrace the steps forward: it takes the root as if it were exact. With X =
 * A^(1/2), W = A^(−1/2) and Y the solution of
 *
 * <pre>XY + YX = sym(∂L/∂X), or WY + YW = sym(∂L/∂W):
 * ∂L/∂A = Y,            or ∂L/∂A = −W²YW².</pre>
 *
 * <p>Source: P. Li et al., <i>Towards Faster Training of Global Covariance Pooling Networks</i>,
 * CVPR 2018; Y. Song, N. Sebe, W. Wang, <i>Fast Differentiable Matrix Square Root and Inverse
 * Square Root</i>, TPAMI 2022.
 */
public final class MatrixRoot {
  private final DenseMatrix argument;
  private final DenseMatrix matrix;
  private final boolean inverse;

  private MatrixRoot(DenseMatrix argument, DenseMatrix matrix, boolean inverse) {
    this.argument = argument;
    this.matrix = Cotangents.finiteResult("the root", matrix.rows(), matrix.columnMajor());
    this.inverse = inverse;
  }

  static MatrixRoot squareRoot(DenseMatrix argument, DenseMatrix matrix) {
    return new MatrixRoot(argument, matrix, false);
  }

  static MatrixRoot inverseSquareRoot(DenseMatrix argument, DenseMatrix matrix) {
    return new MatrixRoot(argument, matrix, true);
  }

  /**
   * The root.
   *
   * @return X or W, n×n, exactly symmetric
   */
  public DenseMatrix matrix() {
    return matrix;
  }

  /**
   * The gradient.
   *
   * @param cotangent ∂L/∂X or ∂L/∂W, n×n; only its symmetric part matters
   * @param solver of the Lyapunov equation
   * @return ∂L/∂A, exactly symmetric
   * @throws IllegalArgumentException if the cotangent has another shape or is not finite, or the
   *     root is so far off that it is not positive definite
   * @throws NonFiniteException if the gradient overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public DenseMatrix backward(DenseMatrix cotangent, LyapunovSolver solver) {
    int n = matrix.rows();
    Cotangents.require("cotangent", n, n, cotangent);
    DenseMatrix y = solver.solve(matrix, cotangent.symmetricPart());
    if (!inverse) {
      return y;
    }
    DenseMatrix square = SymmetricProducts.commuting(matrix, matrix);
    DenseMatrix gradient = SymmetricProducts.congruence(Transpose.NO, square, y).times(-1);
    return Cotangents.finiteResult("∂L/∂A", n, gradient.columnMajor());
  }

  /**
   * How far this is from the {@link SpectralFunction}, at the cost of a decomposition.
   *
   * @param cotangent of the gradient to compare
   * @param solver of the Lyapunov equation
   * @return relative errors in the Frobenius norm
   * @throws IllegalArgumentException as {@link #backward} does
   * @throws NonFiniteException if a gradient overflows
   * @throws CancellationException if the calling thread is interrupted
   */
  public Errors errors(DenseMatrix cotangent, LyapunovSolver solver) {
    SpectralFunction.Pass exact =
        (inverse ? SpectralFunction.inverseSquareRoot() : SpectralFunction.squareRoot())
            .forward(argument);
    return new Errors(
        relative(exact.matrix(), matrix),
        relative(exact.backward(cotangent), backward(cotangent, solver)));
  }

  private static double relative(DenseMatrix exact, DenseMatrix approximate) {
    double difference = exact.minus(approximate).frobeniusNorm();
    return difference == 0 ? 0 : difference / exact.frobeniusNorm();
  }

  /**
   * Errors against the exact route.
   *
   * @param value ‖X − A^(±1/2)‖_F / ‖A^(±1/2)‖_F
   * @param gradient the same of ∂L/∂A
   */
  public record Errors(double value, double gradient) {}
}
