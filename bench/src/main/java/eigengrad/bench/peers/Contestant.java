package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.LibraryName;
import eigengrad.simd.Kernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
public record Contestant(
    String name,
    Kind kind,
    LibraryName library,
    String origin,
    int mostThreads,
    Map<String, String> environment,
    Map<String, String> properties) {

  /** As {@code mostThreads} where there is no limit. */
  static final int ANY_THREADS = Integer.MAX_VALUE;

  /**
   * The numbers of threads that it takes part with: one, which is often the faster at small orders,
   * and the most that it is allowed. eigengrad decides that by itself.
   *
   * @param raceThreads the most that anybody is allowed
   */
  List<Integer> threadCounts(int raceThreads) {
    int most = Math.min(raceThreads, mostThreads);
    return kind == Kind.OURS ? List.of(most) : IntStream.of(1, most).distinct().boxed().toList();
  }

  /**
   * The same in a JVM with another system property.
   *
   * @param property its name
   * @param value its value
   * @return a contestant of the same name
   */
  Contestant with(String property, String value) {
    Map<String, String> all = new HashMap<>(properties);
    all.put(property, value);
    return new Contestant(name, kind, library, origin, mostThreads, environment, all);
  }

  /** For the steady state: eigengrad has compiled kernels, and nothing in the background. */
  Contestant warm() {
    return kind == Kind.OURS ? with(Kernels.WARM_UP_PROPERTY, "none") : this;
  }

  /**
   * eigengrad without SIMD.
   *
   * @return a contestant with another name
   */
  public Contestant scalar() {
    Map<String, String> all = with(Kernels.PROPERTY, "scalar").properties;
    return new Contestant(name + " scalar", kind, library, origin, mostThreads, environment, all);
  }

  /** What a contestant is compared as. */
  public enum Kind {
    /** eigengrad. */
    OURS,
    /** Compiled for the processor. */
    NATIVE,
    /** Another library of the JVM. */
    PEER
  }
}
