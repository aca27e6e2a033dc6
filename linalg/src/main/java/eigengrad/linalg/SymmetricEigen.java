package eigengrad.linalg;

import java.util.concurrent.CancellationException;

/**
 * Eigenvalues and orthonormal eigenvectors of a dense real symmetric matrix, or of each matrix of a
 * batch, with {@link EigenOptions#DEFAULT}.
 *
 * <p>A = VΛVᵀ by Householder reduction to tridiagonal form, the tridiagonal eigenproblem, and
 * back-transformation; by Jacobi's method up to order 4, and up to 6 if the diagonal may be that of
 * a definite matrix with small eigenvalues. Backward stable: the result is exact for a matrix
 * within p(n)·u·‖A‖ of A. Elements may have any finite magnitude as long as the eigenvalues are
 * finite too: the matrix is scaled by a power of two on the way in and out.
 *
 * <p>A matrix that falls into diagonal blocks, whatever the order of its rows, is solved block by
 * block, each at its own scale: so small blocks are as accurate as alone, and the cost is that of
 * the blocks. A range may take more pairs of a block than are wanted: those that could be among
 * them, judged by its order alone. For small eigenvalues of definite matrices see {@link
 * Eigendecomposition}.
 *
 * <p>Cost: (4/3)n³ flops of reduction, at most 3n³ of tridiagonal solution and 2n³ of
 * back-transformation; (4/3)n³ for the values alone, and with k pairs that are few or separated
 * 2n²k more. Memory beside the result: 3.6n² doubles, more in some cases that {@link EigenSolver}
 * names. With options, and to keep the memory between solves, use an {@link EigenSolver}.
 *
 * <p>Of a batch, matrices are solved sixteen at a time, one per SIMD lane, for a fraction of the
 * time: by Jacobi's method up to order 5 and by Householder reduction and implicit QR in lock-step
 * up to 40 (11 with vectors of two lanes); beyond, one after the other, and so is a matrix that its
 * lane does not solve, or not as accurately: one with a diagonal block smaller than another by
 * 2²⁴⁰, or by 8, if the order is above 5 and the rows of blocks alternate. The answer for a matrix,
 * bit by bit, depends on nothing else in the batch: neither on its index nor on the other matrices.
 * It may differ in rounding from that of the matrix alone.
 *
 * <p>Up to order 64 the memory of a call is kept for the next one, half a MB for each processor at
 * most and only as long as the collector does not need it; a larger matrix has a {@link
 * EigenSolver} of its own.
 *
 * <p>Same input, same bits out, whatever the {@link Parallelism}. An interrupt of the calling
 * thread ends a solve with a {@link CancellationException}; the thread stays interrupted. Source:
 * G. H. Golub and C. F. Van Loan, <i>Matrix Computations</i>, 4th edition, sections 8.3 and 5.1;
 * LAPACK's {@code dsyevd} family.
 */
public final class SymmetricEigen {
  private SymmetricEigen() {}

  /**
   * Values and vectors.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(DenseMatrix matrix) {
    return EigenSolver.once(matrix.rows(), solver -> solver.decompose(matrix));
  }

  /**
   * Values and vectors of an index range.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static PartialEigendecomposition decompose(DenseMatrix matrix, IndexRange range) {
    return EigenSolver.once(matrix.rows(), solver -> solver.decompose(matrix, range));
  }

  /**
   * Values alone.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @return n values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(DenseMatrix matrix) {
    return EigenSolver.once(matrix.rows(), solver -> solver.values(matrix));
  }

  /**
   * The values of an index range alone.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @return those values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(DenseMatrix matrix, IndexRange range) {
    return EigenSolver.once(matrix.rows(), solver -> solver.values(matrix, range));
  }

  /**
   * Values and vectors of every matrix of a batch.
   *
   * @param batch symmetric n×n matrices; not modified
   * @return their decompositions, eigenvalues ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedEigendecomposition decompose(MatrixBatch batch) {
    return new EigenSolver().decompose(batch);
  }

  /**
   * Values and vectors of the same index range of every matrix of a batch.
   *
   * @param batch symmetric n×n matrices; not modified
   * @param range which of them
   * @return their pairs, eigenvalues ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first,
   *     or n is too small for the range
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedPartialEigendecomposition decompose(MatrixBatch batch, IndexRange range) {
    return new EigenSolver().decompose(batch, range);
  }

  /**
   * The values alone of every matrix of a batch.
   *
   * @param batch symmetric n×n matrices; not modified
   * @return n values of each, ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedEigenvalues values(MatrixBatch batch) {
    return new EigenSolver().values(batch);
  }

  /**
   * The values of the same index range of every matrix of a batch, alone.
   *
   * @param batch symmetric n×n matrices; not modified
   * @param range which of them
   * @return those values of each, ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first,
   *     or n is too small for the range
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public static BatchedEigenvalues values(MatrixBatch batch, IndexRange range) {
    return new EigenSolver().values(batch, range);
  }
}
