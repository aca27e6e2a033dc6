package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.internal.eigen.conquer.TridiagonalSolver;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalForm;
import eigengrad.linalg.internal.eigen.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lender;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;

/**
 * The three phases of eigengrad's solver apart, called inside it as {@code SymmetricEigen} does.
 * Checks, order and signs are in none of them; scaling is part of the reduction. Each phase can be
 * repeated by itself.
 */
public final class SolverPhases {
  /** As in {@code Parallelism}: up to here a solve has one thread. */
  private static final int SMALL = 256;

  private final TridiagonalForm form = new TridiagonalForm();
  private TridiagonalMatrix reduced = new TridiagonalMatrix();
  private final TridiagonalMatrix tridiagonal = new TridiagonalMatrix();
  private final TridiagonalSolver solver = new TridiagonalSolver();
  private final DenseMatrix matrix;
  private final double[] vectors;
  private final EigenOptions options;
  private final Lender lender;
  private final int helpers;

  /**
   * Phases of one problem, in memory that is kept between calls.
   *
   * @param matrix n×n, not 0; not modified
   * @param options of the solver
   * @param pool lends the threads of {@code options}
   */
  public SolverPhases(DenseMatrix matrix, EigenOptions options, ForkJoinPool pool) {
    this.matrix = matrix;
    this.vectors = new double[matrix.rows() * matrix.rows()];
    this.options = options;
    this.lender = Lender.of(pool);
    this.helpers = pool.getParallelism() - 1;
  }

  /** Reduces the matrix to tridiagonal form. */
  public void reduce() {
    try (Crew crew = crew()) {
      reduce(crew);
    }
  }

  /** Solves the tridiagonal problem of {@link #reduce}, on a copy and on vectors set to 0. */
  public void solveTridiagonal() {
    prepareTridiagonal();
    try (Crew crew = crew()) {
      solveTridiagonal(crew);
    }
  }

  /** Multiplies the vectors, orthonormal before and after, by the reduction's reflectors. */
  public void transformBack() {
    try (Crew crew = crew()) {
      transformBack(crew);
    }
  }

  /**
   * The mean of some solves.
   *
   * @param calls ≥ 1
   * @return nanoseconds per call of reduction, tridiagonal solution and back-transformation
   */
  double[] time(long calls) {
    double[] nanos = new double[3];
    for (long call = 0; call < calls; call++) {
      addTo(nanos);
    }
    for (int phase = 0; phase < nanos.length; phase++) {
      nanos[phase] /= calls;
    }
    return nanos;
  }

  private void addTo(double[] nanos) {
    try (Crew crew = crew()) {
      long start = System.nanoTime();
      reduce(crew);
      long reduced = System.nanoTime();
      prepareTridiagonal();
      long prepared = System.nanoTime();
      solveTridiagonal(crew);
      long solved = System.nanoTime();
      transformBack(crew);
      long transformed = System.nanoTime();
      nanos[0] += reduced - start;
      nanos[1] += solved - prepared;
      nanos[2] += transformed - solved;
    }
  }

  private Crew crew() {
    return matrix.rows() <= SMALL ? Crew.ofCaller() : Crew.of(lender, helpers);
  }

  private void reduce(Crew crew) {
    int exponent = -Math.getExponent(matrix.maxAbs());
    reduced = form.reduce(matrix.rows(), matrix.columnMajor(), exponent, crew);
  }

  private void prepareTridiagonal() {
    tridiagonal.copyBlock(reduced, 0, matrix.rows());
    Arrays.fill(vectors, 0);
  }

  private void solveTridiagonal(Crew crew) {
    solver.solve(tridiagonal, vectors, options.leafSize(), options.maxIterations(), crew);
  }

  private void transformBack(Crew crew) {
    form.transformBack(matrix.rows(), matrix.rows(), vectors, crew);
  }
}
