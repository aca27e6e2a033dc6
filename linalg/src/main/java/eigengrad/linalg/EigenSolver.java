package eigengrad.linalg;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.IdleSolvers;
import eigengrad.linalg.internal.support.Workspace;
import eigengrad.simd.ArraySize;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Solves symmetric eigenproblems with given options, one after the other: of matrices, tridiagonal
 * matrices and batches, wholly or in part. What {@link SymmetricEigen} and {@link TridiagonalEigen}
 * say of method, accuracy and cost holds.
 *
 * <p>A solver keeps its memory: where it has seen the order before it allocates nothing but the
 * result. Its memory fits every order, grows to what the largest needs and never shrinks. It holds
 * neither arguments nor results, and results do not depend on what it was used for before. With one
 * thread, in doubles beside the result:
 *
 * <ul>
 *   <li>a matrix: 1.6n² for values alone, 2.6n² + nk for k pairs, which is 3.6n² for all; where
 *       eigenvalues are clustered 4.9n² for all, and 5.9n² for a range of more than n/8; where many
 *       are so close that it shows only in their vectors, up to 7.5n² and 8.5n²; up to 3n² more
 *       where it falls into diagonal blocks;
 *   <li>a tridiagonal matrix, with L SIMD lanes: 18n for values alone, (30 + 6L)n + nk for k pairs,
 *       if they are fewer than 32 at most (46 + 8L)n, which is 110n with eight lanes; where
 *       eigenvalues are clustered 2.4n² for all, and 3.4n² for a range of more than n/8; where it
 *       shows only in their vectors, up to 5.2n² and 5.9n²;
 *   <li>a batch, for each thread: 16n² + 210n up to order 40, 32n² + 210n for a range of pairs;
 *       beyond, what a matrix takes that falls into blocks: 6.6n² for all pairs and 4.6n² for
 *       values alone.
 * </ul>
 *
 * <p>One call at a time: a solver is not for several threads at once, and a call that finds it in
 * use throws {@link IllegalStateException}. Its options say which threads do the work.
 */
public final class EigenSolver {
  /** Crowded eigenvalues in a range of a matrix that falls into blocks. */
  private static final double MOST_SQUARES = 10.4;

  /** Arrays of n elements, and what does not grow with n. */
  private static final int MOST_ROWS = 200;

  /** Each holds half a MB at most. */
  private static final IdleSolvers<EigenSolver> IDLE = new IdleSolvers<>(EigenSolver::new);

  private final EigenOptions options;
  private final Workspace workspace;
  private final SolverMemory memory;

  /** A solver with {@link EigenOptions#DEFAULT}. */
  public EigenSolver() {
    this(EigenOptions.DEFAULT);
  }

  /**
   * A solver.
   *
   * @param options how to check and solve
   */
  public EigenSolver(EigenOptions options) {
    this(options, new Workspace(), new SolverMemory());
  }

  private EigenSolver(EigenOptions options, Workspace workspace, SolverMemory memory) {
    this.options = options;
    this.workspace = workspace;
    this.memory = memory;
  }

  /** A call of a solver with default options that belongs to nobody. */
  static <R> R once(int order, Function<EigenSolver, R> call) {
    return IDLE.call(order, call);
  }

  /**
   * A solver with other options and the memory of this one: one call to either at a time.
   *
   * @param others how it checks and solves
   * @return another solver
   */
  public EigenSolver with(EigenOptions others) {
    return new EigenSolver(others, workspace, memory);
  }

  /**
   * How it checks and solves.
   *
   * @return its options
   */
  public EigenOptions options() {
    return options;
  }

  /**
   * An upper bound of what a call on one matrix takes beside its result, whatever its eigenvalues
   * and diagonal blocks, with one thread: about 10.4n² doubles. Most calls take a quarter of it;
   * {@link EigenSolver} says which.
   *
   * @param order n ≥ 0
   * @return bytes
   * @throws IllegalArgumentException if n is negative
   */
  public static long largestMemory(int order) {
    if (order < 0) {
      throw new IllegalArgumentException("order must be ≥ 0, got " + order);
    }
    double n = order;
    return (long) (Double.BYTES * (MOST_SQUARES * n * n + MOST_ROWS * (n + 1)));
  }

  /**
   * What the other libraries keep their memory in.
   *
   * @return of a type that is not exported
   * @hidden
   */
  @SuppressWarnings("exports")
  public Workspace workspace() {
    return workspace;
  }

  SolverMemory memory() {
    return memory;
  }

  /**
   * Values and vectors.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public Eigendecomposition decompose(DenseMatrix matrix) {
    DenseMatrix symmetric = symmetric(matrix);
    int n = matrix.rows();
    double[] values = new double[n];
    DenseMatrix vectors = vectors(n, n);
    solve(symmetric, 0, n, values, vectors.columnMajor());
    return Eigendecomposition.owning(values, vectors);
  }

  /**
   * Values and vectors of an index range.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public PartialEigendecomposition decompose(DenseMatrix matrix, IndexRange range) {
    DenseMatrix symmetric = symmetric(matrix);
    int n = matrix.rows();
    int first = range.first(n);
    double[] values = new double[range.count()];
    DenseMatrix vectors = vectors(n, values.length);
    solve(symmetric, first, first + values.length, values, vectors.columnMajor());
    return new PartialEigendecomposition(values, vectors);
  }

  /**
   * Values alone.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @return n values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public double[] values(DenseMatrix matrix) {
    return values(matrix, IndexRange.of(0, matrix.rows()));
  }

  /**
   * The values of an index range alone.
   *
   * @param matrix A, n×n, n ≥ 0; not modified
   * @param range which of them
   * @return those values, ascending
   * @throws IllegalArgumentException if A is not square, not finite or not symmetric, or n is too
   *     small for the range
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the tridiagonal solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public double[] values(DenseMatrix matrix, IndexRange range) {
    DenseMatrix symmetric = symmetric(matrix);
    int first = range.first(matrix.rows());
    double[] values = new double[range.count()];
    solve(symmetric, first, first + values.length, values, null);
    return values;
  }

  /**
   * Values and vectors of a tridiagonal matrix.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @return the decomposition, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite, or n
   *     is too large for the vectors
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public Eigendecomposition decompose(double[] diagonal, double[] offDiagonal) {
    requireTridiagonal(diagonal, offDiagonal);
    int n = diagonal.length;
    double[] values = new double[n];
    DenseMatrix vectors = vectors(n, n);
    solve(diagonal, offDiagonal, 0, n, values, vectors.columnMajor());
    return Eigendecomposition.owning(values, vectors);
  }

  /**
   * Values and vectors of an index range of a tridiagonal matrix.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @return the pairs, eigenvalues ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite, or n
   *     is too small for the range or too large for the vectors
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public PartialEigendecomposition decompose(
      double[] diagonal, double[] offDiagonal, IndexRange range) {
    requireTridiagonal(diagonal, offDiagonal);
    int n = diagonal.length;
    int first = range.first(n);
    double[] values = new double[range.count()];
    DenseMatrix vectors = vectors(n, values.length);
    solve(diagonal, offDiagonal, first, first + values.length, values, vectors.columnMajor());
    return new PartialEigendecomposition(values, vectors);
  }

  /**
   * Values alone of a tridiagonal matrix.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @return n values, ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public double[] values(double[] diagonal, double[] offDiagonal) {
    return values(diagonal, offDiagonal, IndexRange.of(0, diagonal.length));
  }

  /**
   * The values of an index range of a tridiagonal matrix alone.
   *
   * @param diagonal n elements, n ≥ 0; not modified
   * @param offDiagonal n − 1 elements (none for n = 0), of any sign; not modified
   * @param range which of them
   * @return those values, ascending
   * @throws IllegalArgumentException if the lengths do not match or an element is not finite, or n
   *     is too small for the range
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted eigenvalue exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public double[] values(double[] diagonal, double[] offDiagonal, IndexRange range) {
    requireTridiagonal(diagonal, offDiagonal);
    int first = range.first(diagonal.length);
    double[] values = new double[range.count()];
    solve(diagonal, offDiagonal, first, first + values.length, values, null);
    return values;
  }

  /**
   * Values and vectors of every matrix of a batch.
   *
   * @param batch symmetric n×n matrices; not modified
   * @return their decompositions, eigenvalues ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigendecomposition decompose(MatrixBatch batch) {
    return decompose(batch, BatchedEigendecomposition.blank(batch.count(), batch.order()));
  }

  /**
   * Values and vectors in the memory of an earlier result. Small matrices are solved as fast as new
   * memory is written, so that this can make a difference: at most a tenth of the time at order 4.
   *
   * @param batch symmetric n×n matrices; not modified
   * @param overwritten as many decompositions of the same order, no longer needed: its values and
   *     vectors become those of the result, or arbitrary if there is an exception while solving
   * @return the decompositions, eigenvalues ascending
   * @throws IllegalArgumentException if {@code overwritten} does not match or holds the batch
   *     itself, or a matrix is not finite or not symmetric, naming the first
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigendecomposition decompose(
      MatrixBatch batch, BatchedEigendecomposition overwritten) {
    requireMatch(batch, overwritten);
    List<BatchFailure> failures =
        solve(
            batch,
            0,
            batch.order(),
            overwritten.interleavedValues(),
            overwritten.vectors().interleaved());
    return BatchedEigendecomposition.owning(
        overwritten.interleavedValues(), overwritten.vectors(), failures);
  }

  /**
   * Values and vectors of the same index range of every matrix of a batch.
   *
   * @param batch symmetric n×n matrices; not modified
   * @param range which of them
   * @return their pairs, eigenvalues ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first,
   *     or n is too small for the range
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedPartialEigendecomposition decompose(MatrixBatch batch, IndexRange range) {
    int n = batch.order();
    int first = range.first(batch);
    int k = range.count();
    double[] values = new double[MatrixBatch.interleavedLength(batch.count(), k)];
    double[] vectors = new double[MatrixBatch.interleavedLength(batch.count(), (long) n * k)];
    List<BatchFailure> failures = solve(batch, first, first + k, values, vectors);
    return new BatchedPartialEigendecomposition(batch.count(), n, k, values, vectors, failures);
  }

  /**
   * The values alone of every matrix of a batch.
   *
   * @param batch symmetric n×n matrices; not modified
   * @return n values of each, ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigenvalues values(MatrixBatch batch) {
    return values(batch, IndexRange.of(0, batch.order()));
  }

  /**
   * The values of the same index range of every matrix of a batch, alone.
   *
   * @param batch symmetric n×n matrices; not modified
   * @param range which of them
   * @return those values of each, ascending
   * @throws IllegalArgumentException if a matrix is not finite or not symmetric, naming the first,
   *     or n is too small for the range
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if an eigenvalue exceeds the largest double, naming the first such
   *     matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigenvalues values(MatrixBatch batch, IndexRange range) {
    int first = range.first(batch);
    int k = range.count();
    double[] values = new double[MatrixBatch.interleavedLength(batch.count(), k)];
    List<BatchFailure> failures = solve(batch, first, first + k, values, null);
    return new BatchedEigenvalues(batch.count(), k, values, failures);
  }

  private DenseMatrix symmetric(DenseMatrix matrix) {
    return SymmetricInput.symmetric(matrix, options.symmetryTolerance());
  }

  private static DenseMatrix vectors(int n, int k) {
    int elements =
        ArraySize.of("eigenvectors", n, k, "ask for fewer of them, or for the values alone");
    return DenseMatrix.wrap(n, k, new double[elements]);
  }

  private void solve(
      DenseMatrix symmetric, int first, int end, double[] values, double @Nullable [] vectors) {
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(symmetric.rows())) {
      memory.solver.get().solve(symmetric, first, end, options, crew, values, vectors);
    } finally {
      workspace.release();
    }
  }

  private void solve(
      double[] diagonal,
      double[] offDiagonal,
      int first,
      int end,
      double[] values,
      double @Nullable [] vectors) {
    workspace.acquire();
    try (Crew crew = options.parallelism().crew(diagonal.length)) {
      memory.solver.get().solve(diagonal, offDiagonal, first, end, options, crew, values, vectors);
    } finally {
      workspace.release();
    }
  }

  private List<BatchFailure> solve(
      MatrixBatch batch, int first, int end, double[] values, double @Nullable [] vectors) {
    workspace.acquire();
    int chunks = BatchSolve.chunks(batch);
    try (Crew crew = options.parallelism().crewOfChunks(chunks)) {
      BatchMemory[] own = memory.batch(crew.size());
      BatchSolve solve = new BatchSolve(batch, first, end, options, own, crew, values, vectors);
      crew.run(chunks, solve);
      return solve.failures();
    } finally {
      workspace.release();
    }
  }

  private static void requireTridiagonal(double[] diagonal, double[] offDiagonal) {
    int expected = Math.max(diagonal.length - 1, 0);
    if (offDiagonal.length != expected) {
      throw new IllegalArgumentException(
          "a diagonal of "
              + diagonal.length
              + " needs "
              + expected
              + " off-diagonal elements, got "
              + offDiagonal.length);
    }
    SymmetricInput.requireFinite("diagonal", diagonal);
    SymmetricInput.requireFinite("offDiagonal", offDiagonal);
  }

  private static void requireMatch(MatrixBatch batch, BatchedEigendecomposition overwritten) {
    if (overwritten.count() != batch.count() || overwritten.order() != batch.order()) {
      throw new IllegalArgumentException(
          "overwritten must hold the batch's %d decompositions of order %d, got %d of order %d"
              .formatted(batch.count(), batch.order(), overwritten.count(), overwritten.order()));
    }
    double[] elements = batch.interleaved();
    if (overwritten.vectors().interleaved() == elements
        || overwritten.interleavedValues() == elements) {
      throw new IllegalArgumentException(
          "overwritten must not hold the batch, got values or vectors that are the batch itself");
    }
  }
}
