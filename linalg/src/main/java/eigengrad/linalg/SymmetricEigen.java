package eigengrad.linalg;

import eigengrad.linalg.jacobi.CyclicJacobi;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import java.util.concurrent.CancellationException;

/**
 * Eigenvalues and orthonormal eigenvectors of a dense real symmetric matrix.
 *
 * <p>A = VΛVᵀ by Householder reduction to tridiagonal form, the tridiagonal eigenproblem, and
 * back-transformation. Backward stable: the result is exact for a matrix within p(n)·u·‖A‖ of A.
 * Elements may have any finite magnitude as long as the eigenvalues are finite too: the matrix is
 * scaled by a power of two on the way in and out.
 *
 * <p>Cost: (4/3)n³ flops of reduction, at most 3n³ of tridiagonal solution and 2n³ of
 * back-transformation; (4/3)n³ for the values alone. Memory: about 4n² doubles, to be kept between
 * solves by an {@link EigenWorkspace}.
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
    double largest = SymmetricInput.requireSymmetric(matrix, options.symmetryTolerance());
    Scaling scaling = Scaling.forLargest(largest);
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(matrix.rows())) {
      return decompose(matrix, options, workspace, scaling, crew);
    } finally {
      workspace.release();
    }
  }

  private static Eigendecomposition decompose(
      DenseMatrix matrix,
      EigenOptions options,
      EigenWorkspace workspace,
      Scaling scaling,
      Crew crew) {
    int n = matrix.rows();
    double[] vectors = new double[n * n];
    if (n <= CyclicJacobi.LARGEST
        && workspace.jacobi.solve(n, matrix.columnMajor(), scaling.exponent(), vectors)) {
      crew.requireNotInterrupted();
      return workspace.spectrum.assemble(n, workspace.jacobi.values(), vectors, scaling);
    }
    workspace.reduction.reduce(n, matrix.columnMajor(), scaling.exponent(), crew);
    TridiagonalMatrix tridiagonal = workspace.reduction.tridiagonal();
    int unconverged =
        workspace.solver.solve(
            tridiagonal, vectors, options.leafSize(), options.maxIterations(), crew);
    Spectrum.requireConverged(unconverged, tridiagonal, options.maxIterations());
    workspace.backTransform.apply(vectors, n, crew);
    return workspace.spectrum.assemble(n, tridiagonal.diagonal(), vectors, scaling);
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
    double largest = SymmetricInput.requireSymmetric(matrix, options.symmetryTolerance());
    Scaling scaling = Scaling.forLargest(largest);
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(matrix.rows())) {
      workspace.reduction.reduce(matrix.rows(), matrix.columnMajor(), scaling.exponent(), crew);
      TridiagonalMatrix tridiagonal = workspace.reduction.tridiagonal();
      int unconverged = workspace.solver.solveValues(tridiagonal, crew);
      Spectrum.requireConverged(unconverged, tridiagonal, options.maxIterations());
      return Spectrum.sortedValues(matrix.rows(), tridiagonal.diagonal(), scaling);
    } finally {
      workspace.release();
    }
  }
}
