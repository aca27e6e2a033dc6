package eigengrad.linalg;

import eigengrad.linalg.parallel.Crew;
import java.util.concurrent.CancellationException;

/**
 * Eigenvalues and orthonormal eigenvectors of many small symmetric matrices of one order.
 *
 * <p>The accuracy, checks and signs of {@link SymmetricEigen}, for a fraction of the time: matrices
 * are solved sixteen at a time, one a SIMD lane, by Jacobi's method up to order 5 and by
 * Householder reduction and implicit QR in lock-step up to 40 (11 with vectors of two lanes);
 * beyond, one after the other by {@link SymmetricEigen}, and so is a matrix that its lane does not
 * solve, or not as accurately: one with a diagonal block smaller than another by 2²⁴⁰, or by 8, if
 * the order is above 5 and the rows of blocks alternate.
 *
 * <p>The answer for a matrix, bit by bit, depends on nothing else in the batch: neither on its
 * index nor on the other matrices nor on the {@link Parallelism}. It may differ in rounding from
 * that of {@link SymmetricEigen}. An interrupt of the calling thread ends a solve with a {@link
 * CancellationException}; the thread stays interrupted.
 *
 * <p>Cost: that of {@link SymmetricEigen} for each matrix. Memory: 16n² + 170n doubles for each
 * thread, to be kept between solves by an {@link EigenWorkspace}.
 */
public final class BatchedSymmetricEigen {
  private BatchedSymmetricEigen() {}

  /**
   * Values and vectors with {@link EigenOptions#DEFAULT}.
   *
   * @param batch symmetric matrices; not modified
   * @return their decompositions, eigenvalues ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedEigendecomposition decompose(MatrixBatch batch) {
    return decompose(batch, EigenOptions.DEFAULT, FailurePolicy.THROW);
  }

  /**
   * Values and vectors.
   *
   * @param batch symmetric matrices; not modified
   * @param options how to check and solve
   * @param policy whether a matrix that cannot be solved is an exception or a failure in the result
   * @return their decompositions, eigenvalues ascending
   * @throws IllegalArgumentException under {@link FailurePolicy#THROW} if a matrix is not finite or
   *     not symmetric, naming the first
   * @throws EigenConvergenceException under {@link FailurePolicy#THROW} if the solver fails, naming
   *     the first such matrix
   * @throws ArithmeticException under {@link FailurePolicy#THROW} if an eigenvalue exceeds the
   *     largest double, naming the first such matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedEigendecomposition decompose(
      MatrixBatch batch, EigenOptions options, FailurePolicy policy) {
    return decompose(batch, options, policy, new EigenWorkspace());
  }

  /**
   * Values and vectors, allocating nothing but them where the workspace is large enough.
   *
   * @param batch symmetric matrices; not modified
   * @param options how to check and solve
   * @param policy whether a matrix that cannot be solved is an exception or a failure in the result
   * @param workspace the memory to solve in
   * @return their decompositions, eigenvalues ascending
   * @throws IllegalArgumentException under {@link FailurePolicy#THROW} if a matrix is not finite or
   *     not symmetric, naming the first
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException under {@link FailurePolicy#THROW} if the solver fails, naming
   *     the first such matrix
   * @throws ArithmeticException under {@link FailurePolicy#THROW} if an eigenvalue exceeds the
   *     largest double, naming the first such matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedEigendecomposition decompose(
      MatrixBatch batch, EigenOptions options, FailurePolicy policy, EigenWorkspace workspace) {
    return decompose(
        batch,
        options,
        policy,
        workspace,
        BatchedEigendecomposition.blank(batch.count(), batch.order()));
  }

  /**
   * Values and vectors in the memory of an earlier result. Small matrices are solved as fast as new
   * memory is written, so that this can make a difference: at most a tenth of the time at order 4.
   *
   * @param batch symmetric matrices; not modified
   * @param options how to check and solve
   * @param policy whether a matrix that cannot be solved is an exception or a failure in the result
   * @param workspace the memory to solve in
   * @param overwritten as many decompositions of the same order, no longer needed: its values and
   *     vectors become those of the result, or arbitrary if there is an exception while solving
   * @return the decompositions, eigenvalues ascending
   * @throws IllegalArgumentException if {@code overwritten} does not match or holds the batch
   *     itself; under {@link FailurePolicy#THROW} if a matrix is not finite or not symmetric,
   *     naming the first
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException under {@link FailurePolicy#THROW} if the solver fails, naming
   *     the first such matrix
   * @throws ArithmeticException under {@link FailurePolicy#THROW} if an eigenvalue exceeds the
   *     largest double, naming the first such matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedEigendecomposition decompose(
      MatrixBatch batch,
      EigenOptions options,
      FailurePolicy policy,
      EigenWorkspace workspace,
      BatchedEigendecomposition overwritten) {
    requireMatch(batch, overwritten);
    workspace.acquire();
    int chunks = BatchSolve.chunks(batch);
    try (Crew crew = options.parallelism().crewOfChunks(chunks)) {
      BatchSolve solve =
          new BatchSolve(batch, options, policy, workspace.batch(crew.size()), crew, overwritten);
      crew.run(chunks, solve);
      return solve.result();
    } finally {
      workspace.release();
    }
  }

  private static void requireMatch(MatrixBatch batch, BatchedEigendecomposition overwritten) {
    if (overwritten.count() != batch.count() || overwritten.order() != batch.order()) {
      throw new IllegalArgumentException(
          "overwritten must hold the batch's %d decompositions of order %d, got %d of order %d"
              .formatted(batch.count(), batch.order(), overwritten.count(), overwritten.order()));
    }
    if (overwritten.vectors().interleaved() == batch.interleaved()) {
      throw new IllegalArgumentException(
          "overwritten must not hold the batch, got vectors that are the batch itself");
    }
  }
}
