package eigengrad.linalg;

import eigengrad.linalg.parallel.Crew;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues and orthonormal eigenvectors of a dense real symmetric matrix.
 *
 * <p>A = VΛVᵀ by Householder reduction to tridiagonal form, the tridiagonal eigenproblem, and
 * back-transformation; up to order 6 by Jacobi's method. Backward stable: the result is exact for a
 * matrix within p(n)·u·‖A‖ of A. Elements may have any finite magnitude as long as the eigenvalues
 * are finite too: the matrix is scaled by a power of two on the way in and out.
 *
 * <p>A matrix that falls into diagonal blocks, whatever the order of its rows, is solved block by
 * block, each at its own scale: so small blocks are as accurate as alone, and the cost is that of
 * the blocks. A range may take more pairs of a block than are wanted: those that could be among
 * them for all that its order tells. For small eigenvalues of definite matrices see {@link
 * Eigendecomposition}.
 *
 * <p>Cost: (4/3)n³ flops of reduction, at most 3n³ of tridiagonal solution and 2n³ of
 * back-transformation; (4/3)n³ for the values alone, and with k pairs that are few or separated
 * 2n²k more. Memory: about 4n² doubles, to be kept between solves by an {@link EigenWorkspace}.
 *
 * <p>Same input, same bits out, whatever the {@link Parallelism}. An interrupt of the calling
 * thread ends a solve with a {@link CancellationException}; the thread stays interrupted. Source:
 * G. H. Golub and C. F. Van Loan, <i>Matrix Computations</i>, 4th edition, sections 8.3 and 5.1;
 * LAPACK's {@code dsyevd} family.
 */
public final class SymmetricEigen {
  private SymmetricEigen() {}

  /**
   * Values and vectors with {@link EigenOptions#DEFAULT}.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(DenseMatrix matrix) {
    return decompose(matrix, EigenOptions.DEFAULT);
  }

  /**
   * Values and vectors.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param options how to check and solve
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(DenseMatrix matrix, EigenOptions options) {
    return decompose(matrix, options, new EigenWorkspace());
  }

  /**
   * Values and vectors, allocating nothing but them where the workspace is large enough.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param options how to check and solve
   * @param workspace the memory to solve in
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static Eigendecomposition decompose(
      DenseMatrix matrix, EigenOptions options, EigenWorkspace workspace) {
    DenseMatrix symmetric = SymmetricInput.symmetric(matrix, options.symmetryTolerance());
    int n = matrix.rows();
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(n)) {
      double[] values = new double[n];
      double[] vectors = new double[DenseMatrix.elementCount(n, n)];
      solve(symmetric, 0, n, options, workspace, crew, values, vectors);
      return Eigendecomposition.owning(values, DenseMatrix.wrap(n, n, vectors));
    } finally {
      workspace.release();
    }
  }

  /** One of a batch: values and vectors are overwritten. */
  static void decompose(
      DenseMatrix matrix,
      EigenOptions options,
      EigenWorkspace workspace,
      Crew crew,
      double[] values,
      double[] vectors) {
    DenseMatrix symmetric = SymmetricInput.symmetric(matrix, options.symmetryTolerance());
    Arrays.fill(vectors, 0);
    solve(symmetric, 0, matrix.rows(), options, workspace, crew, values, vectors);
  }

  private static void solve(
      DenseMatrix symmetric,
      int first,
      int end,
      EigenOptions options,
      EigenWorkspace workspace,
      Crew crew,
      double[] values,
      double @Nullable [] vectors) {
    double largest = SymmetricInput.largest(symmetric, options.symmetryTolerance());
    double[] a = symmetric.columnMajor();
    workspace.solver.solve(
        symmetric.rows(), a, largest, first, end, options, crew, values, vectors);
  }

  /**
   * Values and vectors of an index range with {@link EigenOptions#DEFAULT}.
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
    return decompose(matrix, range, EigenOptions.DEFAULT);
  }

  /**
   * Values and vectors of an index range.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @param options how to check and solve
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static PartialEigendecomposition decompose(
      DenseMatrix matrix, IndexRange range, EigenOptions options) {
    return decompose(matrix, range, options, new EigenWorkspace());
  }

  /**
   * Values and vectors of an index range, allocating nothing but them where the workspace is large
   * enough.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @param options how to check and solve
   * @param workspace the memory to solve in
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static PartialEigendecomposition decompose(
      DenseMatrix matrix, IndexRange range, EigenOptions options, EigenWorkspace workspace) {
    DenseMatrix symmetric = SymmetricInput.symmetric(matrix, options.symmetryTolerance());
    int n = matrix.rows();
    int first = range.first(n);
    int k = range.count();
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(n)) {
      double[] values = new double[k];
      double[] vectors = new double[DenseMatrix.elementCount(n, k)];
      solve(symmetric, first, first + k, options, workspace, crew, values, vectors);
      return new PartialEigendecomposition(values, DenseMatrix.wrap(n, k, vectors));
    } finally {
      workspace.release();
    }
  }

  /**
   * Eigenvalues alone with {@link EigenOptions#DEFAULT}: those of {@link #decompose} up to
   * rounding.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @return n values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(DenseMatrix matrix) {
    return values(matrix, EigenOptions.DEFAULT);
  }

  /**
   * Eigenvalues alone.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param options how to check and solve
   * @return n values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(DenseMatrix matrix, EigenOptions options) {
    return values(matrix, options, new EigenWorkspace());
  }

  /**
   * Eigenvalues alone, allocating nothing but them where the workspace is large enough.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param options how to check and solve
   * @param workspace the memory to solve in
   * @return n values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(
      DenseMatrix matrix, EigenOptions options, EigenWorkspace workspace) {
    return values(matrix, 0, matrix.rows(), options, workspace);
  }

  /**
   * Eigenvalues alone of an index range with {@link EigenOptions#DEFAULT}.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @return k values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(DenseMatrix matrix, IndexRange range) {
    return values(matrix, range, EigenOptions.DEFAULT);
  }

  /**
   * Eigenvalues alone of an index range.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @param options how to check and solve
   * @return k values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(DenseMatrix matrix, IndexRange range, EigenOptions options) {
    return values(matrix, range, options, new EigenWorkspace());
  }

  /**
   * Eigenvalues alone of an index range, allocating nothing but them where the workspace is large
   * enough.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @param options how to check and solve
   * @param workspace the memory to solve in
   * @return k values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws IllegalStateException if the workspace is in use by another solve
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public static double[] values(
      DenseMatrix matrix, IndexRange range, EigenOptions options, EigenWorkspace workspace) {
    int first = range.first(matrix.rows());
    return values(matrix, first, first + range.count(), options, workspace);
  }

  private static double[] values(
      DenseMatrix matrix, int first, int end, EigenOptions options, EigenWorkspace workspace) {
    DenseMatrix symmetric = SymmetricInput.symmetric(matrix, options.symmetryTolerance());
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(matrix.rows())) {
      double[] values = new double[end - first];
      solve(symmetric, first, end, options, workspace, crew, values, null);
      return values;
    } finally {
      workspace.release();
    }
  }
}
