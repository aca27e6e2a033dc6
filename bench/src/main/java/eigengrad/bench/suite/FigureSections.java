package eigengrad.bench.suite;

import eigengrad.bench.report.Chart;
import eigengrad.bench.report.LogChart;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** JMH's figures: a table for each class, and charts of some. */
final class FigureSections {
  private static final String NONE = "";
  private static final List<String> HEADER =
      List.of(
          "method",
          "parameters",
          "kernels",
          "time",
          "spread",
          "GFLOP/s",
          "of peak",
          "GB/s",
          "bytes allocated");

  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry(
              "Probe",
              "One thread's peak: multiply-adds in registers, and memory of four sizes read, or"
                  + " half of it copied to the other half."),
          Map.entry("Kernel", "Kernels by lane width; n is a length or an order."),
          Map.entry(
              "Solver",
              "Whole solves. GFLOP/s count 10n³/3 flops, for values alone 4n³/3; less is done"
                  + " where the spectrum allows."),
          Map.entry("Phase", "The phases of a solve, each repeated by itself."),
          Map.entry(
              "FewPairs",
              "The k largest pairs of tridiagonal matrices, with vectors and values alone."),
          Map.entry(
              "LeadingEigen",
              "The 16 largest pairs of a dense matrix, by products with it and by the dense"
                  + " solver."),
          Map.entry("Thread", "One solve shared out among threads."),
          Map.entry("Peer", "Each library in its own JVM; for ratios see the race above."),
          Map.entry("Batch", "Time of a matrix among 4096, solved together or one by one."),
          Map.entry("Hostile", "The slowest matrices that a search found; for ratios see below."),
          Map.entry("HostileBatch", "Time of a matrix among 1024, solved together."),
          Map.entry(
              "BatchGradient",
              "Gradients of 1024 covariances as a batch, time of each; power iteration finds"
                  + " four pairs."),
          Map.entry("Gradient", "Backward passes, with the forward solve of the same matrix."),
          Map.entry("SpectralFunction", "M^(−1/2), solve included, and its gradient."),
          Map.entry("PowerIteration", "The dominant pair to a residual of 1e-12."),
          Map.entry(
              "Whitening",
              "The ZCA whitening layer, 64 channels, 16,384 samples, and the same operation by operation."));

  private FigureSections() {}

  static List<ReportSection> of(SuiteResults results) {
    Optional<Double> peak = new Peaks(results).gigaflops();
    List<ReportSection> sections = new ArrayList<>();
    for (String family : results.jmh().stream().map(JmhResult::family).distinct().toList()) {
      List<JmhResult> some =
          results.jmh().stream().filter(result -> result.family().equals(family)).toList();
      sections.add(
          new ReportSection(
              family,
              TEXTS.getOrDefault(family, "Time of a call.")
                  + " The spread is JMH's confidence interval of 99.9 %.",
              HEADER,
              some.stream().map(result -> row(results, result, peak)).toList(),
              charts(family, results, some)));
    }
    return sections;
  }

  private static List<? extends Chart> charts(
      String family, SuiteResults results, List<JmhResult> figures) {
    return switch (family) {
      case "Kernel" -> Roofline.charts(results);
      case "Solver" ->
          List.of(
              series(
                  "Whole solve",
                  "n",
                  "workload",
                  figures.stream().filter(r -> r.param("simd").equals("auto")).toList()));
      case "Phase" -> List.of(series("Phases of a solve", "n", "", figures));
      case "FewPairs" ->
          List.of(
              series(
                  "Few pairs",
                  "k",
                  "matrix",
                  figures.stream().filter(r -> r.method().equals("pairs")).toList()));
      case "Thread" -> List.of(series("Threads", "threads", "n", figures));
      case "Peer" -> AllocationCharts.of(figures);
      default -> List.of();
    };
  }

  /** Time against a parameter, a line for each value of another or, without one, each method. */
  private static LogChart series(String title, String x, String group, List<JmhResult> figures) {
    LogChart chart = new LogChart(title, x, "time of a call, µs");
    List<String> names = figures.stream().map(r -> name(r, group)).distinct().toList();
    for (String name : names) {
      List<JmhResult> line = figures.stream().filter(r -> name(r, group).equals(name)).toList();
      chart.add(name, line, r -> r.number(x), r -> r.nanos() / 1e3);
    }
    return chart;
  }

  private static String name(JmhResult result, String group) {
    if (group.isEmpty()) {
      return result.method();
    }
    String value = result.param(group);
    return group.equals("n") ? "n = " + value : value.toLowerCase(Locale.ROOT);
  }

  private static List<String> row(SuiteResults results, JmhResult result, Optional<Double> peak) {
    Work work = Work.of(result);
    double gigaflops = work.gigaflops(result.nanos());
    double allocation = result.allocation();
    return List.of(
        result.method(),
        result.parameters(),
        kernels(results, result),
        Quantities.time(result.nanos()),
        Double.isNaN(result.spread()) ? "?" : Quantities.percent(result.spread()),
        work.flops() == 0 ? NONE : Quantities.threeDigits(gigaflops),
        work.flops() == 0 ? NONE : peak.map(p -> share(gigaflops / p)).orElse(NONE),
        work.bytes() == 0 ? NONE : Quantities.threeDigits(work.gigabytes(result.nanos())),
        Double.isNaN(allocation) ? NONE : String.format(Locale.ROOT, "%.0f", allocation));
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** Lane width, of eigengrad's own code only. */
  private static String kernels(SuiteResults results, JmhResult result) {
    String simd = result.param("simd");
    if (!simd.isEmpty() && !simd.equals("auto")) {
      return simd;
    }
    boolean foreign =
        result.family().equals("Probe")
            || (result.family().equals("Peer") && !result.param("library").equals("EIGENGRAD"));
    return foreign
        ? NONE
        : results.machine().getOrDefault("kernel set", NONE).replace("vector-", "");
  }
}
