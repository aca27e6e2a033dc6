package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.LibraryName;
import java.util.Map;

/**
 * One that takes part.
 *
 * @param name in tables
 * @param kind what it is compared as
 * @param library that its JVM opens
 * @param origin the jar that it comes from, which tells the version
 * @param mostThreads that its solver can use
 * @param environment variables of its process
 * @param properties system properties of its JVM
 */
record Contestant(
    String name,
    Kind kind,
    LibraryName library,
    String origin,
    int mostThreads,
    Map<String, String> environment,
    Map<String, String> properties) {

  /** As {@code mostThreads} where there is no limit. */
  static final int ANY_THREADS = Integer.MAX_VALUE;

  /** What a contestant is compared as. */
  enum Kind {
    /** eigengrad. */
    OURS,
    /** Compiled for the processor. */
    NATIVE,
    /** Another library of the JVM. */
    PEER
  }
}
