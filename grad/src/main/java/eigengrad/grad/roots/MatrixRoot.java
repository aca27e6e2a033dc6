package eigengrad.grad.roots;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.SpectralFunction;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Scaling;
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
  /** A, scaled to be near 1. */
  private final ScaledDefinite argument;

  /** The root of the scaled matrix. */
  private final DenseMatrix scaled;

  private final DenseMatrix matrix;
  private final boolean inverse;

  /**
   * Scales a root back.
   *
   * @param argument A
   * @param unitRoot the root of A divided by its norm
   */
  private MatrixRoot(ScaledDefinite argument, DenseMatrix unitRoot, boolean inverse) {
    double norm = Math.sqrt(argument.norm());
    this.argument = argument;
    this.inverse = inverse;
    this.scaled = unitRoot.times(inverse ? 1 / norm : norm);
    DenseMatrix root = scaling().undo(scaled);
    this.matrix = Cotangents.finiteResult("the root", root.rows(), root.columnMajor());
  }

  static MatrixRoot squareRoot(ScaledDefinite argument, DenseMatrix unitRoot) {
    return new MatrixRoot(argument, unitRoot, false);
  }

  static MatrixRoot inverseSquareRoot(ScaledDefinite argument, DenseMatrix unitRoot) {
    return new MatrixRoot(argument, unitRoot, true);
  }

  /** The scaling of the root when its argument is brought near 1. */
  private Scaling scaling() {
    return inverse ? argument.half().inverse() : argument.half();
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
    Scaling ofCotangent = Scaling.of(cotangent);
    DenseMatrix gradient = gradient(ofCotangent.apply(cotangent), solver);
    // ∂L/∂A is of the scale of ∂L/∂X times that of X over that of A.
    int exponent = ofCotangent.exponent() + scaling().exponent() - argument.scaling().exponent();
    DenseMatrix result = new Scaling(exponent).undo(gradient);
    return Cotangents.finiteResult("∂L/∂A", n, result.columnMajor());
  }

  /** The gradient for the scaled matrix. */
  private DenseMatrix gradient(DenseMatrix cotangent, LyapunovSolver solver) {
    DenseMatrix y = solution(solver, scaled, cotangent.symmetricPart());
    if (!inverse) {
      return y;
    }
    DenseMatrix square = SymmetricProducts.commuting(scaled, scaled);
    return SymmetricProducts.congruence(Transpose.NO, square, y).times(-1);
  }

  private static DenseMatrix solution(LyapunovSolver solver, DenseMatrix root, DenseMatrix c) {
    try {
      return solver.solve(root, c);
    } catch (IllegalArgumentException cause) {
      // Nothing else is left to refuse.
      throw new IllegalArgumentException(
          "the approximate root must be positive definite to have a gradient, but is not", cause);
    }
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
    int n = matrix.rows();
    Cotangents.require("cotangent", n, n, cotangent);
    DenseMatrix g = Scaling.of(cotangent).apply(cotangent);
    SpectralFunction.Pass exact =
        (inverse ? SpectralFunction.inverseSquareRoot() : SpectralFunction.squareRoot())
            .forward(argument.matrix());
    return new Errors(
        relative(exact.matrix(), scaled), relative(exact.backward(g), gradient(g, solver)));
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
