package eigengrad.bench.suite;

import java.util.List;
import java.util.Map;

/**
 * Benchmarks that are run with the same parameters.
 *
 * @param family the class without its ending
 * @param method a pattern of methods
 * @param threads of the JVM
 * @param params values of each parameter; the benchmark's own where none are given
 * @param environment variables of the JVM
 * @param properties system properties of the JVM
 */
record JmhRun(
    String family,
    String method,
    int threads,
    Map<String, List<String>> params,
    Map<String, String> environment,
    Map<String, String> properties) {

  /** On one thread, all methods. */
  static JmhRun of(String family, Map<String, List<String>> params) {
    return of(family, ".*", params);
  }

  /** On one thread. */
  static JmhRun of(String family, String method, Map<String, List<String>> params) {
    return new JmhRun(family, method, 1, params, Map.of(), Map.of());
  }

  /** Whether a benchmark, by its full name, is one of these. */
  boolean includes(String benchmark) {
    return benchmark.matches(".*\\." + family + "Benchmark\\." + method);
  }

  /** For the log. */
  @Override
  public String toString() {
    return family + (params.isEmpty() ? "" : " " + params);
  }
}
