package eigengrad.linalg;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.IdleSolvers;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.support.Workspace;
import eigengrad.simd.ArraySize;
import eigengrad.simd.Kernels;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes singular value decompositions with given options, one after the other: of matrices and
 * of batches, of all values or the largest, with vectors or without. What {@link Svd} says of
 * method, accuracy and cost holds.
 *
 * <p>A solver keeps its memory: where it has seen the shape before it allocates nothing but the
 * result. Its memory fits every shape, grows to what the largest needs and never shrinks. It holds
 * neither arguments nor results, and results do not depend on what it was used for before. With one
 * thread, in doubles beside the result, at most and for m and n in the hundreds:
 *
 * <ul>
 *   <li>an m×n matrix, n ≤ m &lt; 2n: 2.1mn + 1.2n² for values alone; for all vectors 7n² if few
 *       singular values are small and none close, else 4.3mn + 8n², and 5n² more where that turns
 *       out late; for few vectors 4.3mn + 6n², and 6n² more where singular values are clustered;
 *   <li>one with m ≥ 2n: 5.7mn + 19n² at most; half of it or less where columns are
 *       well-conditioned and all vectors or none are wanted;
 *   <li>by {@link SvdMethod#JACOBI}: 2mn + 2n²;
 *   <li>one with m &lt; n, the same with m and n exchanged, and mn more;
 *   <li>a batch, for each thread: 16mn + 16k² + 350k, k = min(m, n), where matrices are solved side
 *       by side; else what one matrix takes, its argument and result included.
 * </ul>
 *
 * <p>One call at a time: a solver is not for several threads at once, and a call that finds it in
 * use throws {@link IllegalStateException}. Its options say which threads do the work.
 */
public final class SvdSolver {
  /** Of a tall matrix, whose columns turn out to be too nearly dependent for the faster way. */
  private static final double MOST_TALL = 5.7;

  private static final double MOST_TALL_SQUARES = 19;

  /** Of others, where crowded vectors turn out so late that two ways have been tried. */
  private static final double MOST_SHORT = 4.3;

  private static final double MOST_SHORT_SQUARES = 13;

  /** Beyond what a first measurement found. */
  private static final double MARGIN = 1.1;

  /** Arrays of min(m, n) elements, and what does not grow with it. */
  private static final int MOST_ROWS = 900;

  /** Each holds a MB at most. */
  private static final IdleSolvers<SvdSolver> IDLE = new IdleSolvers<>(SvdSolver::new);

  private final SvdOptions options;
  private final Workspace workspace;
  private final SvdMemory memory;

  /** A solver with {@link SvdOptions#DEFAULT}. */
  public SvdSolver() {
    this(SvdOptions.DEFAULT);
  }

  /**
   * A solver.
   *
   * @param options how to solve
   */
  public SvdSolver(SvdOptions options) {
    this(options, new Workspace(), new SvdMemory());
  }

  private SvdSolver(SvdOptions options, Workspace workspace, SvdMemory memory) {
    this.options = options;
    this.workspace = workspace;
    this.memory = memory;
  }

  /** A call of a solver with default options that belongs to nobody. */
  static <R> R once(DenseMatrix matrix, Function<SvdSolver, R> call) {
    return IDLE.call(Math.max(matrix.rows(), matrix.columns()), call);
  }

  /**
   * A solver with other options and the memory of this one: one call to either at a time.
   *
   * @param others how it solves
   * @return another solver
   */
  public SvdSolver with(SvdOptions others) {
    return new SvdSolver(others, workspace, memory);
  }

  /**
   * How it solves.
   *
   * @return its options
   */
  public SvdOptions options() {
    return options;
  }

  /**
   * An upper bound of what a call on one matrix takes beside its result, whatever its singular
   * values, the method and how many vectors are wanted, with one thread: about 19n² doubles for m =
   * n. Most calls take half of it; {@link SvdSolver} says which.
   *
   * @param rows m ≥ 0
   * @param columns n ≥ 0
   * @return bytes
   * @throws IllegalArgumentException if m or n is negative
   */
  public static long largestMemory(int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          "rows and columns must be ≥ 0, got " + rows + "×" + columns);
    }
    double m = Math.max(rows, columns);
    double n = Math.min(rows, columns);
    double squares =
        m >= DenseSvd.TALL * n
            ? MOST_TALL * m * n + MOST_TALL_SQUARES * n * n
            : MOST_SHORT * m * n + MOST_SHORT_SQUARES * n * n;
    double transposed = rows < columns ? m * n : 0;
    return (long) (Double.BYTES * (MARGIN * (squares + transposed) + MOST_ROWS * (n + 8)));
  }

  /**
   * Values and vectors.
   *
   * @param matrix A, m×n; not modified
   * @return the decomposition, singular values descending
   * @throws IllegalArgumentException if A is not finite, or too large for its vectors
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public SingularValueDecomposition decompose(DenseMatrix matrix) {
    return decompose(matrix, Math.min(matrix.rows(), matrix.columns()));
  }

  /**
   * The largest singular values and their vectors; if they are all, in the shape that the options
   * say, else thin.
   *
   * @param matrix A, m×n; not modified
   * @param count k, from 0 to min(m, n)
   * @return the k largest singular values, descending, and their vectors
   * @throws IllegalArgumentException if A is not finite, or there are not so many, or A is too
   *     large for its vectors
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a wanted singular value exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public SingularValueDecomposition decompose(DenseMatrix matrix, int count) {
    int m = matrix.rows();
    int n = matrix.columns();
    int k = Math.min(m, n);
    if (count < 0 || count > k) {
      throw new IllegalArgumentException("count must be from 0 to " + k + ", got " + count);
    }
    double largest = SymmetricInput.requireFinite(matrix);
    boolean full = options.shape() == SvdShape.FULL && count == k;
    DenseMatrix left = vectors(m, full ? m : count);
    DenseMatrix right = vectors(n, full ? n : count);
    double[] values = new double[count];
    boolean wide = m < n;
    solve(matrix, largest, count, values, wide ? right : left, wide ? left : right);
    fixSigns(left, right, count);
    return SingularValueDecomposition.owning(values, left, right);
  }

  /**
   * Values alone.
   *
   * @param matrix A, m×n; not modified
   * @return min(m, n) singular values, descending
   * @throws IllegalArgumentException if A is not finite
   * @throws IllegalStateException if this solver is in use by another call
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public double[] values(DenseMatrix matrix) {
    double largest = SymmetricInput.requireFinite(matrix);
    double[] values = new double[Math.min(matrix.rows(), matrix.columns())];
    solve(matrix, largest, values.length, values, null, null);
    return values;
  }

  private static DenseMatrix vectors(int m, int k) {
    int elements =
        ArraySize.of("singular vectors", m, k, "ask for fewer of them, or for the values alone");
    return DenseMatrix.wrap(m, k, new double[elements]);
  }

  /** Of a matrix that is wider than high, the transpose is decomposed. */
  private void solve(
      DenseMatrix matrix,
      double largest,
      int count,
      double[] values,
      @Nullable DenseMatrix longVectors,
      @Nullable DenseMatrix shortVectors) {
    int m = Math.max(matrix.rows(), matrix.columns());
    int n = Math.min(matrix.rows(), matrix.columns());
    workspace.acquire();
    try (Crew crew = options.parallelism().crew((int) Math.sqrt((double) m * n))) {
      double[] a = matrix.columnMajor();
      if (matrix.rows() < m) {
        a = memory.transposed(m * n);
        Kernels.transposition().transpose(n, m, matrix.columnMajor(), 0, n, a, 0, m);
      }
      int exponent = PowerOfTwo.toOne(largest);
      double[] u = longVectors == null ? null : longVectors.columnMajor();
      double[] v = shortVectors == null ? null : shortVectors.columnMajor();
      int leftCount = longVectors == null ? 0 : longVectors.columns();
      int unconverged;
      if (options.method() == SvdMethod.JACOBI) {
        JacobiSvd jacobi = memory.jacobi.get();
        unconverged =
            jacobi.solve(
                m, n, a, exponent, count, options.maxIterations(), crew, values, u, leftCount, v);
      } else {
        DenseSvd dense = memory.dense.get();
        unconverged =
            dense.solve(
                m, n, a, exponent, count, options.maxIterations(), crew, values, u, leftCount, v);
      }
      if (unconverged > 0) {
        throw EigenConvergenceException.ofSingularValues(unconverged, options.maxIterations());
      }
      PowerOfTwo.scale(count, -exponent, values, 0);
    } finally {
      workspace.release();
    }
    if (count > 0 && Double.isInfinite(values[0])) {
      throw new ArithmeticException(
          "a singular value exceeds the largest double, as its matrix nearly does: scale the matrix"
              + " down by a power of two");
    }
  }

  /** Of each left vector's components, the one largest in magnitude becomes positive. */
  private static void fixSigns(DenseMatrix left, DenseMatrix right, int count) {
    int m = left.rows();
    int n = right.rows();
    double[] u = left.columnMajor();
    double[] v = right.columnMajor();
    for (int j = 0; j < count; j++) {
      if (Kernels.level1().elementOfMaxAbs(m, u, j * m) < 0) {
        Kernels.level1().scale(m, -1, u, j * m);
        Kernels.level1().scale(n, -1, v, j * n);
      }
    }
    for (int j = count; j < left.columns(); j++) {
      Spectrum.makeLargestPositive(m, u, j * m);
    }
    for (int j = count; j < right.columns(); j++) {
      Spectrum.makeLargestPositive(n, v, j * n);
    }
  }

  /**
   * Values and vectors of every matrix of a batch. Small ones, of up to 32 rows or columns and 128
   * of the other, are solved side by side; larger ones one after the other. Side by side, up to
   * four rows or columns and wherever the options ask for it, it is by one-sided Jacobi rotations,
   * which are accurate beside every singular value where columns differ in length, or rows if there
   * are fewer; else through a bidiagonal matrix, accurate beside the largest. Cost of a small m×n
   * matrix, m ≥ n: some 6 sweeps of n²/2 rotations of 12m + 6n flops each; or 4n²(m − n/3) flops
   * for the reduction, as many for its U and V, and 5n²(m + n).
   *
   * @param batch m×n matrices; not modified
   * @return their decompositions, singular values descending
   * @throws IllegalArgumentException if a matrix is not finite, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedSingularValueDecomposition decompose(MatrixBatch batch) {
    int count = batch.count();
    int m = batch.rows();
    int n = batch.columns();
    int k = Math.min(m, n);
    boolean full = options.shape() == SvdShape.FULL;
    int leftColumns = full ? m : k;
    int rightColumns = full ? n : k;
    double[] values = new double[MatrixBatch.interleavedLength(count, k)];
    double[] left = new double[MatrixBatch.elementCount(count, m, leftColumns)];
    double[] right = new double[MatrixBatch.elementCount(count, n, rightColumns)];
    List<BatchFailure> failures = solve(batch, values, left, right);
    return BatchedSingularValueDecomposition.owning(
        new BatchedSingularValues(count, k, values, failures),
        MatrixBatch.wrap(count, m, leftColumns, left),
        MatrixBatch.wrap(count, n, rightColumns, right));
  }

  /**
   * The singular values alone of every matrix of a batch.
   *
   * @param batch m×n matrices; not modified
   * @return min(m, n) values of each, descending
   * @throws IllegalArgumentException if a matrix is not finite, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedSingularValues values(MatrixBatch batch) {
    int k = Math.min(batch.rows(), batch.columns());
    double[] values = new double[MatrixBatch.interleavedLength(batch.count(), k)];
    return new BatchedSingularValues(batch.count(), k, values, solve(batch, values, null, null));
  }

  /**
   * The polar decomposition A = QH.
   *
   * @param matrix A, m×n; not modified
   * @return Q with orthonormal columns, or rows where m &lt; n, and H symmetric and semidefinite
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public PolarDecomposition polar(DenseMatrix matrix) {
    return PolarDecomposition.of(thin().decompose(matrix));
  }

  /**
   * The rotation nearest to a matrix, and what is left: A = QH, det Q = 1.
   *
   * @param matrix A, n×n; not modified
   * @return Q and H; H has a negative eigenvalue where A is nearer to a reflection
   * @throws IllegalArgumentException if A is not square or not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public PolarDecomposition nearestRotation(DenseMatrix matrix) {
    PolarDecomposition.requireSquare(matrix.rows(), matrix.columns());
    return PolarDecomposition.nearestRotation(decompose(matrix));
  }

  /**
   * The polar decomposition of every matrix of a batch.
   *
   * @param batch m×n matrices; not modified
   * @return their factors
   * @throws IllegalArgumentException if a matrix is not finite, naming the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedPolarDecomposition polar(MatrixBatch batch) {
    return thin().polar(batch, false);
  }

  /**
   * The rotation nearest to every matrix of a batch.
   *
   * @param batch n×n matrices; not modified
   * @return their factors, det Q = 1
   * @throws IllegalArgumentException if the matrices are not square, or one is not finite, naming
   *     the first
   * @throws EigenConvergenceException if the solver fails, naming the first such matrix
   * @throws ArithmeticException if a singular value exceeds the largest double, naming the first
   *     such matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedPolarDecomposition nearestRotation(MatrixBatch batch) {
    PolarDecomposition.requireSquare(batch.rows(), batch.columns());
    return thin().polar(batch, true);
  }

  private BatchedPolarDecomposition polar(MatrixBatch batch, boolean rotations) {
    int count = batch.count();
    int m = batch.rows();
    int n = batch.columns();
    double[] orthogonal = new double[MatrixBatch.elementCount(count, m, n)];
    double[] symmetric = new double[MatrixBatch.elementCount(count, n)];
    List<BatchFailure> failures =
        solve(batch, new SvdBatchPolar(batch, options, rotations, orthogonal, symmetric));
    return BatchedPolarDecomposition.owning(
        MatrixBatch.wrap(count, m, n, orthogonal), MatrixBatch.wrap(count, n, symmetric), failures);
  }

  private SvdSolver thin() {
    return options.shape() == SvdShape.THIN ? this : with(options.withShape(SvdShape.THIN));
  }

  private List<BatchFailure> solve(
      MatrixBatch batch, double[] values, double @Nullable [] left, double @Nullable [] right) {
    return solve(batch, new SvdBatchVectors(batch, options, values, left, right));
  }

  private List<BatchFailure> solve(MatrixBatch batch, SvdBatchResult result) {
    workspace.acquire();
    int chunks = SvdBatchSolve.chunks(batch, options);
    try (Crew crew = options.parallelism().crewOfChunks(chunks)) {
      SvdBatchMemory[] own = memory.batch(crew.size());
      SvdBatchSolve solve = new SvdBatchSolve(batch, options, own, result);
      crew.run(chunks, solve);
      return solve.failures();
    } finally {
      workspace.release();
    }
  }
}
