package eigengrad.bench.suite;

import eigengrad.bench.peers.contestant.ContestantProgram;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A result as JMH writes it, without what this project does not use.
 *
 * @param benchmark full name of the method
 * @param jvmArgs options of the forked JVM
 * @param forks how many there were
 * @param params names and values; none for a benchmark without
 * @param primaryMetric nanoseconds per call
 * @param secondaryMetrics those of the profilers
 */
record JmhResult(
    String benchmark,
    List<String> jvmArgs,
    int forks,
    @Nullable Map<String, String> params,
    Metric primaryMetric,
    @Nullable Map<String, Metric> secondaryMetrics) {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  /**
   * A score.
   *
   * @param score mean
   * @param scoreError half the width of the 99.9 % confidence interval; NaN of a single sample
   * @param scoreUnit such as {@code ns/op}
   * @param rawData samples of each fork
   */
  @SuppressWarnings("ArrayRecordComponent") // only read
  record Metric(double score, double scoreError, String scoreUnit, double @Nullable [][] rawData) {}

  /** Class and method, such as {@code KernelBenchmark.gemm}. */
  String name() {
    return benchmark.replaceFirst(".*\\.(?=.*\\.)", "");
  }

  /** The class without its ending, such as {@code Kernel}. */
  String family() {
    return name().replaceFirst("Benchmark\\..*", "");
  }

  /** The method. */
  String method() {
    return name().replaceFirst(".*\\.", "");
  }

  /** A parameter, or the empty string. */
  String param(String name) {
    return params == null ? "" : params.getOrDefault(name, "");
  }

  /** A parameter that is a number, or 0. */
  int number(String name) {
    return param(name).isEmpty() ? 0 : Integer.parseInt(param(name));
  }

  /** Name and parameters, which tell results apart. */
  String key() {
    return params == null || params.isEmpty() ? name() : name() + " " + parameters();
  }

  /** The parameters in words. */
  String parameters() {
    return params == null
        ? ""
        : params.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", "));
  }

  double nanos() {
    return primaryMetric.score();
  }

  /** Half the width of the confidence interval, relative to the score. */
  double spread() {
    return primaryMetric.scoreError() / primaryMetric.score();
  }

  /** Bytes allocated by a call; NaN if that was not measured. */
  double allocation() {
    Metric metric = secondaryMetrics == null ? null : secondaryMetrics.get(ALLOCATION);
    return metric == null ? Double.NaN : metric.score();
  }

  /** This result with the metrics that are used, and without the path of a native library. */
  JmhResult trimmed() {
    Metric metric = secondaryMetrics == null ? null : secondaryMetrics.get(ALLOCATION);
    Map<String, Metric> kept =
        metric == null
            ? Map.of()
            : Map.of(
                ALLOCATION,
                new Metric(metric.score(), metric.scoreError(), metric.scoreUnit(), null));
    List<String> options =
        jvmArgs.stream().filter(o -> !o.contains(ContestantProgram.NATIVE_LIBRARY)).toList();
    return new JmhResult(benchmark, options, forks, params, primaryMetric, kept);
  }
}
