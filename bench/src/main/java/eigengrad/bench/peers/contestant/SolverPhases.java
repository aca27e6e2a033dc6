package eigengrad.bench.peers.contestant;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.conquer.TridiagonalSolver;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.BackTransform;
import eigengrad.linalg.tridiagonal.Tridiagonalizer;
import java.util.concurrent.ForkJoinPool;

/**
 * Times the three phases of eigengrad's solver apart, calling inside it as {@code SymmetricEigen}
 * does. Checks, order and signs are in none of them; scaling is part of the reduction.
 */
final class SolverPhases {
  /** As in {@code Parallelism}: up to here a solve has one thread. */
  private static final int SMALL = 256;

  private final Tridiagonalizer reduction = new Tridiagonalizer();
  private final TridiagonalSolver solver = new TridiagonalSolver();
  private final BackTransform backTransform = new BackTransform(reduction);
  private final DenseMatrix matrix;
  private final EigenOptions options;
  private final ForkJoinPool pool;

  /**
   * Phases of one problem, in memory that is kept between calls.
   *
   * @param matrix n×n, not 0; not modified
   * @param pool lends the threads of {@code options}
   */
  SolverPhases(DenseMatrix matrix, EigenOptions options, ForkJoinPool pool) {
    this.matrix = matrix;
    this.options = options;
    this.pool = pool;
  }

  /**
   * The mean of some solves.
   *
   * @param calls ≥ 1
   * @return nanoseconds a call of reduction, tridiagonal solution and back-transformation
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
    int n = matrix.rows();
    int exponent = -Math.getExponent(matrix.maxAbs());
    double[] vectors = new double[n * n];
    try (Crew crew = n <= SMALL ? Crew.ofCaller() : Crew.of(pool)) {
      long start = System.nanoTime();
      reduction.reduce(n, matrix.columnMajor(), exponent, crew);
      long reduced = System.nanoTime();
      solver.solve(
          reduction.tridiagonal(), vectors, options.leafSize(), options.maxIterations(), crew);
      long solved = System.nanoTime();
      backTransform.apply(vectors, n, crew);
      long transformed = System.nanoTime();
      nanos[0] += reduced - start;
      nanos[1] += solved - reduced;
      nanos[2] += transformed - solved;
    }
  }
}
