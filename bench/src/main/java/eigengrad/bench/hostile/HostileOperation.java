package eigengrad.bench.hostile;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenWorkspace;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.linalg.TridiagonalEigen;

/** What is asked for of a tridiagonal matrix, on one thread, in a workspace that is kept. */
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
   * @param workspace the memory to solve in
   * @return the call
   */
  public Call of(Tridiagonal t, EigenWorkspace workspace) {
    EigenOptions options = EigenOptions.DEFAULT;
    double[] d = t.d();
    double[] e = t.e();
    return switch (this) {
      case DECOMPOSE -> () -> TridiagonalEigen.decompose(d, e, options, workspace).values();
      case VALUES -> () -> TridiagonalEigen.values(d, e, options, workspace);
      case LARGEST -> {
        IndexRange range = IndexRange.largest(Math.max(1, d.length / PART));
        yield () -> TridiagonalEigen.decompose(d, e, range, options, workspace).values();
      }
      case DENSE -> {
        DenseMatrix dense = t.dense();
        yield () -> SymmetricEigen.decompose(dense, options, workspace).values();
      }
    };
  }
}
