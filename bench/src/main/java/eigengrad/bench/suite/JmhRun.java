package eigengrad.bench.suite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Benchmarks that are run with the same parameters.
 *
 * @param family the class without its ending
 * @param warmUps iterations before those that count
 * @param threads of the JVM
 * @param params values of each parameter; the benchmark's own where none are given
 * @param environment variables of the JVM
 * @param properties system properties of the JVM
 */
record JmhRun(
    String family,
    int warmUps,
    int threads,
    Map<String, List<String>> params,
    Map<String, String> environment,
    Map<String, String> properties) {

  /** Warm-up of a loop. */
  private static final int SHORT = 4;

  /** Warm-up of a solve, which C2 compiles within three seconds: the Vector API is slow before. */
  private static final int LONG = 10;

  /** Kernels and probes on one thread. */
  static JmhRun ofLoops(String family, Map<String, List<String>> params) {
    return new JmhRun(family, SHORT, 1, params, Map.of(), Map.of());
  }

  /** Anything larger on one thread. */
  static JmhRun of(String family, Map<String, List<String>> params) {
    return on(1, family, params);
  }

  /** On some threads. */
  static JmhRun on(int threads, String family, Map<String, List<String>> params) {
    return new JmhRun(family, LONG, threads, params, Map.of(), Map.of());
  }

  /** In a JVM with these environment variables and system properties. */
  JmhRun with(Map<String, String> newEnvironment, Map<String, String> newProperties) {
    return new JmhRun(family, warmUps, threads, params, newEnvironment, newProperties);
  }

  /** Whether a benchmark, by its full name, is one of these. */
  boolean includes(String benchmark) {
    return benchmark.matches(".*\\." + family + "Benchmark\\.[^.]+");
  }

  /**
   * How many results a benchmark has: one for each combination of its parameters.
   *
   * @param own values of the benchmark's own, which it takes where none are given here
   */
  int figures(Map<String, String[]> own) {
    return own.entrySet().stream()
        .mapToInt(e -> params.containsKey(e.getKey()) ? values(e.getKey()) : e.getValue().length)
        .reduce(1, (a, b) -> a * b);
  }

  private int values(String parameter) {
    return params.getOrDefault(parameter, List.of()).size();
  }

  /** For progress and report, such as {@code Kernel n=512 simd=128,256}. */
  @Override
  public String toString() {
    return new TreeMap<>(params)
        .entrySet().stream()
            .map(e -> " " + e.getKey() + "=" + String.join(",", e.getValue()))
            .collect(Collectors.joining("", family, ""));
  }
}
