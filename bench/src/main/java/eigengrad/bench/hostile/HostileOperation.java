package eigengrad.bench.hostile;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.IndexRange;

/** What is asked for of a tridiagonal matrix, on one thread, by a solver that is kept. */
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
   * @param solver solves
   * @return the call
   */
  public Call of(Tridiagonal t, EigenSolver solver) {
    double[] d = t.d();
    double[] e = t.e();
    return switch (this) {
      case DECOMPOSE -> () -> solver.decompose(d, e).values();
      case VALUES -> () -> solver.values(d, e);
      case LARGEST -> {
        IndexRange range = IndexRange.largest(Math.max(1, d.length / PART));
        yield () -> solver.decompose(d, e, range).values();
      }
      case DENSE -> {
        DenseMatrix dense = t.dense();
        yield () -> solver.decompose(dense).values();
      }
    };
  }
}
