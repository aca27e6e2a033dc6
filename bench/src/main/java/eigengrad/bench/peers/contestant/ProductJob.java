package eigengrad.bench.peers.contestant;

/** A matrix product and, once run, its result. */
public interface ProductJob extends Job {

  @Override
  default boolean needsReset() {
    return false;
  }

  /** C = AB. */
  double[] product();
}
