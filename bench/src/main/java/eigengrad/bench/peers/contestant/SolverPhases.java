package eigengrad.bench.peers.contestant;

import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.conquer.TridiagonalSolver;
import eigengrad.linalg.tridiagonal.BackTransform;
import eigengrad.linalg.tridiagonal.TridiagonalMatrix;
import eigengrad.linalg.tridiagonal.Tridiagonalizer;

/**
 * Times the three phases of eigengrad's solver apart, calling inside it as {@code SymmetricEigen}
 * does. Checks, scaling, order and signs are in none of them.
 */
final class SolverPhases {
  private SolverPhases() {}

  /**
   * The mean of some solves.
   *
   * @param n order
   * @param matrix n×n; not modified
   * @param calls ≥ 1
   * @return nanoseconds a call of reduction, tridiagonal solution and back-transformation
   */
  static double[] time(int n, double[] matrix, EigenOptions options, long calls) {
    double[] nanos = new double[3];
    for (long call = 0; call < calls; call++) {
      double[] a = matrix.clone();
      double[] vectors = new double[n * n];
      long start = System.nanoTime();
      Tridiagonalizer reduction = Tridiagonalizer.reduce(n, a);
      TridiagonalMatrix tridiagonal = reduction.tridiagonal();
      long reduced = System.nanoTime();
      TridiagonalSolver.solve(tridiagonal, vectors, options.leafSize(), options.maxIterations());
      long solved = System.nanoTime();
      BackTransform.apply(reduction, vectors);
      long transformed = System.nanoTime();
      nanos[0] += (double) (reduced - start) / calls;
      nanos[1] += (double) (solved - reduced) / calls;
      nanos[2] += (double) (transformed - solved) / calls;
    }
    return nanos;
  }
}
