package eigengrad.bench.hostile;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.TridiagonalEigen;

/** What is asked for of a tridiagonal matrix, on one thread, in a solver that is kept. */
public enum HostileOperation {
  /** All values and vectors. */
  DECOMPOSE,
  /** All values alone. */
  VALUES,
  /** Values and vectors of the two per cent that are largest. */
  LARGEST,
  /** All values and vectors, the matrix given as a dense one. */
  DENSE;

  private static final int PART = 50;

  /** A solve. */
  @FunctionalInterface
  public interface Call {
    /**
     * Solves.
     *
     * @return the eigenvalues, ascending
     */
    double[] run();
  }

  /**
   * A call to be repeated.
   *
   * @param t the matrix
   * @param solver the memory to solve in
   * @return the call
   */
  public Call of(Tridiagonal t, EigenSolver solver) {
    EigenOptions options = EigenOptions.DEFAULT;
    double[] d = t.d();
    double[] e = t.e();
    return switch (this) {
      case DECOMPOSE -> () -> solver.with(options).decompose(d, e).values();
      case VALUES -> () -> solver.with(options).values(d, e);
      case LARGEST -> {
        IndexRange range = IndexRange.largest(Math.max(1, d.length / PART));
        yield () -> solver.with(options).decompose(d, e, range).values();
      }
      case DENSE -> {
        DenseMatrix dense = t.dense();
        yield () -> solver.with(options).decompose(dense).values();
      }
    };
  }
}
