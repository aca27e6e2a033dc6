package eigengrad.bench.suite;

import eigengrad.bench.report.LogChart;
import java.util.List;
import java.util.Optional;

/**
 * Kernels beneath what the machine can do: S. Williams, A. Waterman and D. Patterson, <i>Roofline:
 * an insightful visual performance model for multicore architectures</i> (2009).
 */
final class Roofline {
  private static final double LEAST_INTENSITY = 1.0 / 16;
  private static final double MOST_INTENSITY = 64;

  private Roofline() {}

  /** One chart, of the widest kernels at the largest order; none without the probes. */
  static List<LogChart> charts(SuiteResults results) {
    Peaks peaks = new Peaks(results);
    Optional<Double> peak = peaks.gigaflops();
    List<JmhResult> kernels = widest(results);
    if (peak.isEmpty() || peaks.reads().isEmpty() || kernels.isEmpty()) {
      return List.of();
    }
    LogChart chart = new LogChart("Roofline", "flops per byte", "GFLOP/s");
    for (Peaks.Bandwidth read : peaks.reads()) {
      double ridge = Math.min(MOST_INTENSITY, peak.get() / read.gigabytes());
      double[] x = {LEAST_INTENSITY, ridge, MOST_INTENSITY};
      double[] y = {LEAST_INTENSITY * read.gigabytes(), ridge * read.gigabytes(), peak.get()};
      chart.addBound("reading " + read.size(), x, y);
    }
    for (JmhResult kernel : kernels) {
      Work work = Work.of(kernel);
      if (work.intensity() > 0) {
        chart.addPoint(kernel.method(), work.intensity(), work.gigaflops(kernel.nanos()));
      }
    }
    return List.of(chart);
  }

  private static List<JmhResult> widest(SuiteResults results) {
    List<JmhResult> kernels =
        results.jmh().stream().filter(result -> result.family().equals("Kernel")).toList();
    int n = kernels.stream().mapToInt(kernel -> kernel.number("n")).max().orElse(0);
    String set = results.machine().getOrDefault("kernel set", "").replace("vector-", "");
    return kernels.stream()
        .filter(kernel -> kernel.number("n") == n && kernel.param("simd").equals(set))
        .toList();
  }
}
