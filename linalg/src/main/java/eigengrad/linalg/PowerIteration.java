package eigengrad.linalg;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Power iteration: the eigenpair of largest |λ| of a symmetric matrix by v ← Av/‖Av‖, and further
 * pairs by deflation.
 *
 * <p>This is for the paper's method, for batches of small matrices, and where one large eigenvalue
 * stands alone. For several pairs, or eigenvalues that are close, {@link LeadingEigen} needs far
 * fewer products, and {@link SymmetricEigen} suits small matrices.
 *
 * <p>The error shrinks by |λ₂/λ₁| per step, so it stalls where the two are close; the result then
 * says so instead of throwing. Cost: 2n² flops per step. Source: Golub and Van Loan, <i>Matrix
 * Computations</i>, section 8.2; deflation as in W. Wang et al., <i>Backpropagation-Friendly
 * Eigendecomposition</i>, NeurIPS 2019, section 2.2.
 *
 * @param maxIterations steps after which an unconverged pair is returned as it is, ≥ 1
 * @param tolerance a pair has converged when ‖Av − λv‖₂ ≤ tolerance·|λ|; with 0, only when the
 *     residual is exactly 0
 * @param seed of the random start vectors, used where none is given
 */
public record PowerIteration(int maxIterations, double tolerance, long seed) {

  /** At most 1000 steps, to a relative residual of 1e-12. */
  public static final PowerIteration DEFAULT = new PowerIteration(1000, 1e-12, 0);

  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private static final String TOO_LARGE =
      "the eigenvalue or its residual exceeds the largest double: scale the matrix down by a power"
          + " of two";

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if maxIterations is below 1, or the tolerance negative or NaN
   */
  public PowerIteration {
    if (maxIterations < 1) {
      throw new IllegalArgumentException("maxIterations must be ≥ 1, got " + maxIterations);
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must be ≥ 0, got " + tolerance);
    }
  }

  /**
   * The dominant pair, from a random start vector.
   *
   * @param matrix A, n×n symmetric, n ≥ 1; not modified
   * @return the pair, converged or not
   * @throws IllegalArgumentException if A is empty, not square, not finite or not symmetric
   * @throws ArithmeticException if the eigenvalue or its residual exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenPair dominant(DenseMatrix matrix) {
    return leading(matrix, 1).get(0);
  }

  /**
   * The dominant pair, from a given start vector.
   *
   * @param matrix A, n×n symmetric, n ≥ 1; not modified
   * @param start n elements, not all zero, of any norm; not modified
   * @return the pair, converged or not
   * @throws IllegalArgumentException if A is empty, not square, not finite or not symmetric, or the
   *     start vector is zero, not finite or of another length
   * @throws ArithmeticException if the eigenvalue or its residual exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public EigenPair dominant(DenseMatrix matrix, double[] start) {
    DenseMatrix symmetric = requireMatrix(matrix);
    int n = symmetric.rows();
    if (start.length != n) {
      throw new IllegalArgumentException(
          "start must have " + n + " elements like the matrix, got " + start.length);
    }
    SymmetricInput.requireFinite("start", start);
    double[] v = start.clone();
    if (!normalize(v)) {
      throw new IllegalArgumentException("start must not be the zero vector");
    }
    Scaling scaling = Scaling.forLargest(symmetric.maxAbs());
    try (Crew crew = Crew.ofCaller()) {
      return unscaled(iterate(n, scaling.apply(symmetric.columnMajor()), v, crew), scaling);
    }
  }

  /**
   * The k pairs of largest |λ|, one after the other with A ← A − Avvᵀ in between, each from its own
   * random start vector.
   *
   * <p>An error in one vector stays in the deflated matrix and spoils those after it: this is the
   * paper's method, not the way to accurate pairs. {@link SymmetricEigen} is.
   *
   * @param matrix A, n×n symmetric, n ≥ 1; not modified
   * @param count k, 1 to n
   * @return the pairs in the order they were found; each residual is that of the deflated matrix
   * @throws IllegalArgumentException if A is empty, not square, not finite or not symmetric, or k
   *     is out of range
   * @throws ArithmeticException if an eigenvalue or its residual exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public List<EigenPair> leading(DenseMatrix matrix, int count) {
    DenseMatrix symmetric = requireMatrix(matrix);
    int n = symmetric.rows();
    requireCount(n, count);
    RandomGenerator random = random();
    Scaling scaling = Scaling.forLargest(symmetric.maxAbs());
    double[] deflated = scaling.apply(symmetric.columnMajor());
    double[] image = new double[n];
    List<EigenPair> pairs = new ArrayList<>(count);
    try (Crew crew = Crew.ofCaller()) {
      for (int j = 0; j < count; j++) {
        EigenPair pair = iterate(n, deflated, randomUnitVector(n, random), crew);
        pairs.add(unscaled(pair, scaling));
        Kernels.level2().gemv(n, n, 1, deflated, 0, n, pair.vector(), 0, 0, image, 0);
        Kernels.level2().ger(n, n, -1, image, 0, pair.vector(), 0, deflated, 0, n);
      }
    }
    return List.copyOf(pairs);
  }

  /**
   * The dominant pair of every matrix of a batch, from one random start vector.
   *
   * @param batch symmetric n×n matrices, n ≥ 1; not modified
   * @return their pairs, converged or not
   * @throws IllegalArgumentException if the matrices are empty, or one is not finite or not
   *     symmetric, naming the first
   * @throws ArithmeticException if an eigenvalue or its residual exceeds the largest double, naming
   *     the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigenPairs dominant(MatrixBatch batch) {
    return leading(batch, 1);
  }

  /**
   * The same with a solver's threads, memory and tolerance of asymmetry; see {@link
   * #leading(MatrixBatch, int, EigenSolver)}.
   *
   * @param batch symmetric n×n matrices, n ≥ 1; not modified
   * @param solver whose threads do the work, and whose options say what is symmetric
   * @return their pairs, converged or not
   * @throws IllegalArgumentException if the matrices are empty, or one is not finite or not
   *     symmetric, naming the first
   * @throws IllegalStateException if the solver is in use by another call
   * @throws ArithmeticException if an eigenvalue or its residual exceeds the largest double, naming
   *     the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigenPairs dominant(MatrixBatch batch, EigenSolver solver) {
    return leading(batch, 1, solver);
  }

  /**
   * The k pairs of {@link #leading(DenseMatrix, int)} of every matrix of a batch, one per SIMD
   * lane.
   *
   * <p>The answer for a matrix, bit by bit, depends on nothing else in the batch nor on the
   * threads. It may differ in rounding from that for the matrix alone. Eight neighbours take as
   * long as the slowest of them.
   *
   * @param batch symmetric n×n matrices, n ≥ 1; not modified
   * @param count k, 1 to n
   * @return the pairs in the order they were found; each residual is that of the deflated matrix
   * @throws IllegalArgumentException if the matrices are empty, one is not finite or not symmetric,
   *     naming the first, or k is out of range
   * @throws ArithmeticException if an eigenvalue or its residual exceeds the largest double, naming
   *     the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigenPairs leading(MatrixBatch batch, int count) {
    return leading(batch, count, new EigenSolver());
  }

  /**
   * The same with a solver's threads, memory and tolerance of asymmetry; failures are thrown,
   * whatever its policy. Where it has seen the order before, nothing is allocated but the result
   * and a few small objects. Memory: 9n² doubles per thread.
   *
   * @param batch symmetric n×n matrices, n ≥ 1; not modified
   * @param count k, 1 to n
   * @param solver whose threads do the work, and whose options say what is symmetric
   * @return the pairs in the order they were found; each residual is that of the deflated matrix
   * @throws IllegalArgumentException if the matrices are empty, one is not finite or not symmetric,
   *     naming the first, or k is out of range
   * @throws IllegalStateException if the solver is in use by another call
   * @throws ArithmeticException if an eigenvalue or its residual exceeds the largest double, naming
   *     the first matrix
   * @throws CancellationException if the calling thread is interrupted
   */
  public BatchedEigenPairs leading(MatrixBatch batch, int count, EigenSolver solver) {
    if (batch.count() == 0) {
      requireCount(batch.order() == 0 ? Math.max(1, count) : batch.order(), count);
      Crew.ofCaller().close();
      return new BatchedEigenPairs(0, batch.order(), count);
    }
    requireCount(batch.order(), count);
    SolverMemory memory = solver.memory();
    solver.workspace().acquire();
    try {
      double tolerance = solver.options().symmetryTolerance();
      requireMatrices(batch, tolerance, memory.largest, memory.asymmetry);
      double[] starts = randomStarts(batch.order(), count, memory);
      Parallelism parallelism = solver.options().parallelism();
      try (Crew crew = parallelism.crewOfChunks(BatchedPowerIteration.chunks(batch))) {
        BatchMemory[] own = memory.batch(crew.size());
        return new BatchedPowerIteration(this, batch, tolerance, count, starts, own, crew).solve();
      }
    } finally {
      solver.workspace().release();
    }
  }

  /** Random unit vectors, one after the other. */
  private double[] randomStarts(int n, int count, SolverMemory memory) {
    RandomGenerator random = random();
    double[] starts = memory.starts(n * count);
    BatchMemory own = memory.batch(1)[0];
    own.reserve(n);
    for (int j = 0; j < count; j++) {
      fillRandomUnitVector(own.values, random);
      System.arraycopy(own.values, 0, starts, j * n, n);
    }
    return starts;
  }

  private static void requireMatrices(
      MatrixBatch batch, double tolerance, double[] largest, double[] asymmetry) {
    int n = batch.order();
    boolean lowerOnly = SymmetricInput.isLowerOnly(tolerance);
    for (int b = 0; b < batch.count(); b++) {
      int lane = b % MatrixBatch.LANES;
      if (lane == 0) {
        Kernels.batchSolver()
            .inspect(
                n,
                lowerOnly,
                batch.interleaved(),
                LaneBlock.first(b, n * n),
                largest,
                asymmetry,
                0);
      }
      boolean symmetric = lowerOnly || asymmetry[lane] <= tolerance * largest[lane];
      if (!(largest[lane] <= Double.MAX_VALUE && symmetric)) {
        requireMatrix(b, batch.matrix(b), tolerance);
      }
    }
  }

  private static void requireMatrix(int b, DenseMatrix matrix, double tolerance) {
    try {
      SymmetricInput.symmetric(matrix, tolerance);
    } catch (IllegalArgumentException cause) {
      throw new BatchFailure(b, cause).toException();
    }
  }

  private RandomGenerator random() {
    return RANDOM.create(seed);
  }

  private static void requireCount(int n, int count) {
    if (count < 1 || count > n) {
      throw new IllegalArgumentException(
          "count must be between 1 and the matrix's order " + n + ", got " + count);
    }
  }

  private static DenseMatrix requireMatrix(DenseMatrix matrix) {
    DenseMatrix symmetric = matrix.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
    if (matrix.rows() == 0) {
      throw new IllegalArgumentException("matrix must have at least one row, got 0×0");
    }
    return symmetric;
  }

  private static double[] randomUnitVector(int n, RandomGenerator random) {
    double[] v = new double[n];
    fillRandomUnitVector(v, random);
    return v;
  }

  private static void fillRandomUnitVector(double[] v, RandomGenerator random) {
    do {
      for (int i = 0; i < v.length; i++) {
        v[i] = random.nextGaussian();
      }
    } while (!normalize(v));
  }

  /** A is read whole: after deflation by an inexact vector it is no longer symmetric. */
  private EigenPair iterate(int n, double[] a, double[] v, Crew crew) {
    double[] image = new double[n];
    double[] rest = new double[n];
    for (int step = 1; ; step++) {
      crew.requireNotInterrupted();
      Kernels.level2().gemv(n, n, 1, a, 0, n, v, 0, 0, image, 0);
      double value = Kernels.level1().dot(n, v, 0, image, 0);
      System.arraycopy(image, 0, rest, 0, n);
      Kernels.level1().axpy(n, -value, v, 0, rest, 0);
      double residual = Kernels.level1().norm(n, rest, 0);
      boolean converged = residual <= tolerance * Math.abs(value);
      if (converged || step == maxIterations) {
        Spectrum.makeLargestPositive(n, v, 0);
        return new EigenPair(value, v, step, residual, converged);
      }
      if (normalize(image)) {
        System.arraycopy(image, 0, v, 0, n);
      }
    }
  }

  private static EigenPair unscaled(EigenPair pair, Scaling scaling) {
    double value = scaling.undone(pair.value());
    double residual = scaling.undone(pair.residual());
    requireFinite(value, residual);
    return new EigenPair(value, pair.vector(), pair.iterations(), residual, pair.converged());
  }

  static void requireFinite(double value, double residual) {
    if (!(Math.abs(value) <= Double.MAX_VALUE && residual <= Double.MAX_VALUE)) {
      throw new ArithmeticException(TOO_LARGE);
    }
  }

  /** v ← v/‖v‖; false, and v untouched, if v = 0. */
  private static boolean normalize(double[] v) {
    double largest = Kernels.level1().maxAbs(v.length, v, 0);
    if (largest == 0) {
      return false;
    }
    Scaling.forLargest(largest).scale(v);
    double norm = Kernels.level1().norm(v.length, v, 0);
    for (int i = 0; i < v.length; i++) {
      v[i] /= norm;
    }
    return true;
  }
}
