package eigengrad.bench.peers.contestant;

/** A thin singular value decomposition A = UΣVᵀ and, once run, its result. */
public interface SvdJob extends Job {

  /** Since {@code dgesdd} overwrites its matrix. */
  @Override
  default boolean needsReset() {
    return true;
  }

  /** The k = min(m, n) singular values, in any order. */
  double[] values();

  /** U, m×k, its columns in the order of the values; asked for only if it was wanted. */
  double[] left();

  /** V, n×k, its columns in the order of the values; asked for only if it was wanted. */
  double[] right();
}
