package eigengrad.linalg;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.PowerOfTwo;
import eigengrad.linalg.internal.svd.jacobi.OneSidedJacobi;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Computes singular value decompositions with given options, one after the other. */
public final class SvdSolver {
  private final SvdOptions options;

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
    this.options = options;
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
   * Values and vectors.
   *
   * @param matrix A, m×n; not modified
   * @return the decomposition, singular values descending
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public SingularValueDecomposition decompose(DenseMatrix matrix) {
    return decompose(matrix, Math.min(matrix.rows(), matrix.columns()));
  }

  /**
   * The largest singular values and their vectors.
   *
   * @param matrix A, m×n; not modified
   * @param count k, from 0 to min(m, n)
   * @return the k largest singular values, descending, and their vectors
   * @throws IllegalArgumentException if A is not finite, or there are not so many
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public SingularValueDecomposition decompose(DenseMatrix matrix, int count) {
    int m = matrix.rows();
    int n = matrix.columns();
    if (count < 0 || count > Math.min(m, n)) {
      throw new IllegalArgumentException(
          "count must be from 0 to " + Math.min(m, n) + ", got " + count);
    }
    SymmetricInput.requireFinite(matrix);
    boolean wide = m < n;
    int rows = Math.max(m, n);
    int columns = Math.min(m, n);
    double[] u = (wide ? matrix.transpose() : matrix).toArray();
    double[] v = new double[columns * columns];
    double[] values = new double[columns];
    int exponent = PowerOfTwo.toOne(matrix.maxAbs());
    PowerOfTwo.scale(u.length, exponent, u, 0);
    if (!new OneSidedJacobi().solve(rows, columns, u, v, values, options.maxIterations())) {
      throw new EigenConvergenceException(1, 0, options.maxIterations());
    }
    PowerOfTwo.scale(columns, -exponent, values, 0);
    if (columns > 0 && Double.isInfinite(values[0])) {
      throw new ArithmeticException(
          "a singular value exceeds the largest double, as its matrix nearly does: scale the matrix"
              + " down by a power of two");
    }
    DenseMatrix one = vectors(rows, columns, u, count);
    DenseMatrix other = vectors(columns, columns, v, count);
    DenseMatrix left = wide ? other : one;
    DenseMatrix right = wide ? one : other;
    fixSigns(count, left, right);
    return SingularValueDecomposition.owning(Arrays.copyOf(values, count), left, right);
  }

  private DenseMatrix vectors(int rows, int columns, double[] x, int count) {
    int wanted = options.shape() == SvdShape.FULL && count == columns ? rows : count;
    double[] copy = Arrays.copyOf(x, rows * wanted);
    for (int j = columns; j < wanted; j++) {
      OneSidedJacobi.complete(rows, j, copy);
    }
    return DenseMatrix.wrap(rows, wanted, copy);
  }

  private static void fixSigns(int count, DenseMatrix left, DenseMatrix right) {
    for (int j = 0; j < count; j++) {
      if (Kernels.level1().elementOfMaxAbs(left.rows(), left.columnMajor(), j * left.rows()) < 0) {
        Kernels.level1().scale(left.rows(), -1, left.columnMajor(), j * left.rows());
        Kernels.level1().scale(right.rows(), -1, right.columnMajor(), j * right.rows());
      }
    }
  }

  /**
   * Values alone.
   *
   * @param matrix A, m×n; not modified
   * @return min(m, n) singular values, descending
   * @throws IllegalArgumentException if A is not finite
   * @throws EigenConvergenceException if the solver fails
   * @throws ArithmeticException if a singular value exceeds the largest double
   */
  public double[] values(DenseMatrix matrix) {
    return decompose(matrix).values();
  }

  /**
   * Values and vectors of every matrix of a batch. Small ones, of up to 32 rows or columns and 128
   * of the other, are solved side by side by one-sided Jacobi rotations, which are accurate beside
   * every singular value where columns differ in length, or rows if there are fewer; larger ones
   * one after the other by the method of the options. Cost of a small m×n matrix, m ≥ n: some 6
   * sweeps of n²/2 rotations, (12m + 6n)·n²/2 flops each.
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
    return BatchedPolarDecomposition.of(thin().decompose(batch));
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
    return BatchedPolarDecomposition.nearestRotation(decompose(batch));
  }

  private SvdSolver thin() {
    return options.shape() == SvdShape.THIN
        ? this
        : new SvdSolver(options.withShape(SvdShape.THIN));
  }

  private List<BatchFailure> solve(
      MatrixBatch batch, double[] values, double @Nullable [] left, double @Nullable [] right) {
    int chunks = SvdBatchSolve.chunks(batch, options);
    try (Crew crew = options.parallelism().crewOfChunks(chunks)) {
      SvdBatchMemory[] own = new SvdBatchMemory[crew.size()];
      Arrays.setAll(own, i -> new SvdBatchMemory());
      SvdBatchSolve solve = new SvdBatchSolve(batch, options, own, values, left, right);
      crew.run(chunks, solve);
      return solve.failures();
    }
  }
}
