package eigengrad.bench.peers.contestant;

import org.jspecify.annotations.Nullable;

/** Work that can be done again and again; only {@link #run} is timed. */
public interface Job {

  /** Restores an input that {@link #run} overwrites. */
  default void reset() {}

  /**
   * Whether {@link #reset} does anything, alike for all libraries at the same workload: then calls
   * are timed one by one, which adds the 20 ns or so of two looks at the clock.
   */
  boolean needsReset();

  /** Does the work once, from an input to a result, both in the library's own form. */
  void run();

  /**
   * Times the phases of the work apart.
   *
   * @param calls to average over, ≥ 1
   * @return nanoseconds per call of each phase; none where the library does not let one look inside
   */
  default double[] phases(long calls) {
    return new double[0];
  }

  /** A result that only {@link #run} makes. */
  static <T> T afterRun(@Nullable T result) {
    if (result == null) {
      throw new IllegalStateException("run first");
    }
    return result;
  }
}
