package eigengrad.bench.peers.contestant;

/** An eigenproblem and, once run, its solution. */
public interface EigenJob extends Job {

  /** Since {@code dsyevd} overwrites its matrix. */
  @Override
  default boolean needsReset() {
    return true;
  }

  /** The eigenvalues, in any order. */
  double[] values();

  /**
   * Unit eigenvectors as columns in the order of the values; asked for only if they were wanted.
   */
  double[] vectors();
}
