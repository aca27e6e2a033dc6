package eigengrad.linalg;

import eigengrad.linalg.jacobi.CyclicJacobi;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import java.util.Arrays;
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
    Scaling scaling = scaling(symmetric, options);
    int n = matrix.rows();
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(n)) {
      double[] values = new double[n];
      double[] vectors = new double[n * n];
      double[] unsorted = solve(symmetric, scaling, options, workspace, vectors, crew);
      workspace.spectrum.arrange(n, n, unsorted, vectors, scaling, values);
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
    Scaling scaling = scaling(symmetric, options);
    int n = matrix.rows();
    Arrays.fill(vectors, 0);
    double[] unsorted = solve(symmetric, scaling, options, workspace, vectors, crew);
    workspace.spectrum.arrange(n, n, unsorted, vectors, scaling, values);
  }

  /** Fills the vectors and returns the values, of the scaled matrix and in no particular order. */
  private static double[] solve(
      DenseMatrix matrix,
      Scaling scaling,
      EigenOptions options,
      EigenWorkspace workspace,
      double[] vectors,
      Crew crew) {
    int n = matrix.rows();
    if (n <= CyclicJacobi.LARGEST
        && workspace.jacobi.solve(n, matrix.columnMajor(), scaling.exponent(), vectors)) {
      return workspace.jacobi.values();
    }
    TridiagonalMatrix tridiagonal = workspace.reduced(matrix, scaling, crew);
    int unconverged =
        workspace.solver.solve(
            tridiagonal, vectors, options.leafSize(), options.maxIterations(), crew);
    Spectrum.requireConverged(unconverged, tridiagonal, options.maxIterations());
    workspace.backTransform.apply(vectors, n, crew);
    return tridiagonal.diagonal();
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
    Scaling scaling = scaling(symmetric, options);
    int n = matrix.rows();
    int first = range.first(n);
    int k = range.count();
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(n)) {
      TridiagonalMatrix tridiagonal = workspace.reduced(symmetric, scaling, crew);
      double[] vectors = new double[DenseMatrix.elementCount(n, k)];
      int unconverged =
          workspace.rangeSolver.solve(
              tridiagonal,
              first,
              first + k,
              vectors,
              options.leafSize(),
              options.maxIterations(),
              crew);
      Spectrum.requireConverged(unconverged, tridiagonal, options.maxIterations());
      workspace.backTransform.apply(vectors, k, crew);
      double[] values = workspace.spectrum.arrange(n, k, tridiagonal.diagonal(), vectors, scaling);
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
    DenseMatrix symmetric = SymmetricInput.symmetric(matrix, options.symmetryTolerance());
    Scaling scaling = scaling(symmetric, options);
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(matrix.rows())) {
      TridiagonalMatrix tridiagonal = workspace.reduced(symmetric, scaling, crew);
      int unconverged = workspace.solver.solveValues(tridiagonal, crew);
      Spectrum.requireConverged(unconverged, tridiagonal, options.maxIterations());
      return Spectrum.sortedValues(matrix.rows(), tridiagonal.diagonal(), scaling);
    } finally {
      workspace.release();
    }
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
    DenseMatrix symmetric = SymmetricInput.symmetric(matrix, options.symmetryTolerance());
    Scaling scaling = scaling(symmetric, options);
    int n = matrix.rows();
    int first = range.first(n);
    int k = range.count();
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(n)) {
      TridiagonalMatrix tridiagonal = workspace.reduced(symmetric, scaling, crew);
      int unconverged = workspace.rangeSolver.solveValues(tridiagonal, first, first + k, crew);
      Spectrum.requireConverged(unconverged, tridiagonal, options.maxIterations());
      return Spectrum.sortedValues(k, tridiagonal.diagonal(), scaling);
    } finally {
      workspace.release();
    }
  }

  private static Scaling scaling(DenseMatrix symmetric, EigenOptions options) {
    return Scaling.forLargest(SymmetricInput.largest(symmetric, options.symmetryTolerance()));
  }
}
