package eigengrad.grad;

import eigengrad.grad.internal.batch.EachMatrix;
import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SvdSolver;
import java.util.concurrent.CancellationException;

/**
 * f(A) of every matrix of a batch and its derivative there: {@link SingularFunction.Pass} with its
 * formulas. Immutable.
 *
 * <p>The answer for a matrix, bit by bit, depends on nothing else in the batch nor on the threads.
 * A matrix that the forward pass did not solve has NaN for results.
 */
public final class BatchedSingularPass {
  private final SingularFunction function;
  private final BatchedSingularValueDecomposition svd;
  private final MatrixBatch matrices;

  BatchedSingularPass(
      SingularFunction function, BatchedSingularValueDecomposition svd, SvdSolver solver) {
    this.function = function;
    this.svd = svd;
    this.matrices =
        new EachMatrix(svd, solver).map(svd.rows(), svd.columns(), b -> pass(b).matrix());
  }

  private SingularFunction.Pass pass(int b) {
    return function.forward(svd.decomposition(b));
  }

  /**
   * f(A) of every matrix.
   *
   * @return m×n matrices
   */
  public MatrixBatch matrices() {
    return matrices;
  }

  /**
   * The adjoint of the derivative.
   *
   * @param cotangents ∂L/∂f(A), as many m×n matrices
   * @param solver whose threads are used
   * @return ∂L/∂A
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws NonFiniteException if a cotangent has a part where the derivative is infinite, or a
   *     gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixBatch backward(MatrixBatch cotangents, SvdSolver solver) {
    EachMatrix each = new EachMatrix(svd, solver);
    each.requireMatrices("cotangents", svd.rows(), svd.columns(), cotangents);
    return each.map(svd.rows(), svd.columns(), b -> pass(b).backward(cotangents.matrix(b)));
  }

  /**
   * The derivative of f(A) in a direction.
   *
   * @param directions dA, as many m×n matrices
   * @param solver whose threads are used
   * @return df(A)
   * @throws IllegalArgumentException if sizes do not match, or a direction is not finite, naming
   *     the first matrix
   * @throws NonFiniteException if a direction has a part where the derivative is infinite, or a
   *     derivative overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixBatch derivative(MatrixBatch directions, SvdSolver solver) {
    EachMatrix each = new EachMatrix(svd, solver);
    each.requireMatrices("directions", svd.rows(), svd.columns(), directions);
    return each.map(svd.rows(), svd.columns(), b -> pass(b).derivative(directions.matrix(b)));
  }
}
