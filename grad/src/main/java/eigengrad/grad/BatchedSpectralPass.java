package eigengrad.grad;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.internal.batch.BatchedDifferential;
import eigengrad.grad.internal.batch.FirstFailure;
import eigengrad.grad.internal.batch.LaneBlockMemory;
import eigengrad.grad.internal.batch.LaneBlockRunner;
import eigengrad.grad.internal.batch.LaneBlocks;
import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.Kernels;
import java.util.concurrent.CancellationException;

/**
 * f(A) of every matrix of a batch and its derivative there: {@link SpectralFunction.Pass} with its
 * formulas, one matrix per SIMD lane. Immutable.
 *
 * <p>The answer for a matrix, bit by bit, depends on nothing else in the batch nor on the threads.
 * It may differ in rounding from that of {@link SpectralFunction.Pass}. A matrix that the forward
 * pass did not solve has NaN for results.
 */
public final class BatchedSpectralPass {
  private final SpectralFunction function;
  private final BatchedEigendecomposition eigen;

  /** λ as the function meets it, interleaved. */
  private final double[] values;

  /** f of it, interleaved. */
  private final double[] images;

  private final MatrixBatch matrices;

  BatchedSpectralPass(
      SpectralFunction function, BatchedEigendecomposition eigen, EigenSolver solver) {
    this.function = function;
    this.eigen = eigen;
    this.values = eigen.interleavedValues().clone();
    this.images = new double[values.length];
    double[] result = new double[eigen.vectors().interleaved().length];
    FirstFailure failure = new FirstFailure();
    new LaneBlockRunner(solver)
        .run(
            eigen.count(),
            eigen.order(),
            (first, count, own) -> {
              if (!failure.isBefore(first)) {
                image(first, count, own, result, failure);
              }
            });
    failure.throwIfAny();
    this.matrices = MatrixBatch.wrap(eigen.count(), eigen.order(), result);
  }

  private void image(
      int first, int count, LaneBlockMemory own, double[] result, FirstFailure failure) {
    int n = eigen.order();
    int block = LaneBlocks.matrix(first, n);
    double[] v = eigen.vectors().interleaved();
    for (int b = first; b < first + count; b++) {
      try {
        function.images(eigen, b, values, images);
      } catch (IllegalArgumentException | NonFiniteException cause) {
        failure.add(b, cause);
      }
    }
    own.synthesize(n, v, block, images, LaneBlocks.vector(first, n), result);
    Kernels.batchSolver().inspect(n, true, result, block, own.largest, own.asymmetry, 0);
    for (int lane = 0; lane < count; lane++) {
      if (!(own.largest[lane] <= Double.MAX_VALUE)) {
        doAlone(first + lane, result, failure);
      }
    }
    for (int lane = count; lane < LANES; lane++) {
      LaneBlocks.fill(result, block + lane, n * n, 0);
    }
  }

  /** Does a matrix again whose sum overflowed; one that was not solved stays NaN. */
  private void doAlone(int b, double[] result, FirstFailure failure) {
    if (LaneBlocks.isUnsolved(eigen, b)) {
      return;
    }
    try {
      SpectralFunction.Pass pass = function.forward(eigen.decomposition(b));
      LaneBlocks.store(pass.matrix(), result, LaneBlocks.matrix(b, eigen.order()));
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }

  /**
   * f(A) of every matrix.
   *
   * @return n×n matrices, exactly symmetric
   */
  public MatrixBatch matrices() {
    return matrices;
  }

  /** One matrix alone, without the derivative of a relative ridge. */
  private SpectralFunction.Pass pass(int b) {
    return function.forward(eigen.decomposition(b), 0);
  }

  /**
   * What was made of the small eigenvalues of one matrix.
   *
   * @param b which matrix, counted from 0
   * @return how many there were and how large; of a matrix that was not solved, none
   * @throws IndexOutOfBoundsException if there is no such matrix
   */
  public SemidefiniteReport report(int b) {
    requireMatrix(b);
    return LaneBlocks.isUnsolved(eigen, b)
        ? new SemidefiniteReport(0, Double.NaN, 0, 0, 0)
        : function.report(eigen, b).report();
  }

  private void requireMatrix(int b) {
    if (b < 0 || b >= eigen.count()) {
      throw new IndexOutOfBoundsException("matrix " + b + " of " + eigen.count());
    }
  }

  /**
   * The trace of one f(A), from its eigenvalues.
   *
   * @param b which matrix, counted from 0
   * @return Σⱼ f(λⱼ); NaN if it was not solved
   * @throws IndexOutOfBoundsException if there is no such matrix
   * @throws NonFiniteException if it overflows
   */
  public double trace(int b) {
    requireMatrix(b);
    int n = eigen.order();
    return SpectralFunction.sum(n, images, LaneBlocks.vector(b, n), LANES);
  }

  /**
   * The adjoint of the derivative. Cost: 6n³ flops per matrix.
   *
   * @param cotangents ∂L/∂f(A), as many n×n matrices; only their symmetric parts matter
   * @return ∂L/∂A, exactly symmetric
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws NonFiniteException if a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixBatch backward(MatrixBatch cotangents) {
    return backward(cotangents, new EigenSolver());
  }

  /**
   * The adjoint of the derivative, allocating nothing but the result where the solver has seen the
   * order before.
   *
   * @param cotangents ∂L/∂f(A), as many n×n matrices; only their symmetric parts matter
   * @param solver whose threads and memory are used
   * @return ∂L/∂A, exactly symmetric
   * @throws IllegalArgumentException if sizes do not match, or a cotangent is not finite, naming
   *     the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if a gradient overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixBatch backward(MatrixBatch cotangents, EigenSolver solver) {
    LaneBlocks.requireMatrices("cotangents", eigen.count(), eigen.order(), cotangents);
    MatrixBatch gradients =
        new BatchedDifferential(
                this::pass, function.scalar(false), eigen, values, images, cotangents, false)
            .run(new LaneBlockRunner(solver));
    double share = function.ridgeShare(eigen.order());
    return share == 0 ? gradients : LaneBlocks.withShareOfTraces(share, gradients);
  }

  /**
   * The derivative of f(A) in a direction. Cost: 6n³ flops per matrix.
   *
   * @param directions dA, as many symmetric n×n matrices
   * @return df(A), exactly symmetric
   * @throws IllegalArgumentException if sizes do not match, or a direction is not finite or not
   *     symmetric, naming the first matrix
   * @throws NonFiniteException if a derivative overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixBatch derivative(MatrixBatch directions) {
    return derivative(directions, new EigenSolver());
  }

  /**
   * The derivative of f(A) in a direction. Cost: 6n³ flops per matrix.
   *
   * @param directions dA, as many symmetric n×n matrices
   * @param solver whose threads and memory are used
   * @return df(A), exactly symmetric
   * @throws IllegalArgumentException if sizes do not match, or a direction is not finite or not
   *     symmetric, naming the first matrix
   * @throws IllegalStateException if the solver is in use by another call
   * @throws NonFiniteException if a derivative overflows, naming the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public MatrixBatch derivative(MatrixBatch directions, EigenSolver solver) {
    LaneBlocks.requireMatrices("directions", eigen.count(), eigen.order(), directions);
    double share = function.ridgeShare(eigen.order());
    MatrixBatch shifted = share == 0 ? directions : LaneBlocks.withShareOfTraces(share, directions);
    return new BatchedDifferential(
            this::pass, function.scalar(true), eigen, values, images, shifted, true)
        .run(new LaneBlockRunner(solver));
  }
}
