package eigengrad.bench.suite;

import eigengrad.bench.report.LogChart;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How many times as fast a solve is on more threads. */
final class ThreadSections {
  private static final String THREADS = "threads";
  private static final List<String> HEADER =
      List.of("n", THREADS, "time", "speed-up", "of the ideal");

  private final List<JmhResult> figures;

  private ThreadSections(List<JmhResult> figures) {
    this.figures = figures;
  }

  /** One section; none where nothing ran both on one thread and on more. */
  static List<ReportSection> of(SuiteResults results) {
    List<JmhResult> all =
        results.jmh().stream()
            .filter(result -> result.family().equals("Thread"))
            .sorted(Comparator.comparingInt(result -> result.number(THREADS)))
            .toList();
    List<JmhResult> comparable =
        all.stream()
            .filter(r -> all.stream().anyMatch(one -> isOnOneThread(one, r.number("n"))))
            .toList();
    return comparable.stream().allMatch(result -> result.number(THREADS) == 1)
        ? List.of()
        : List.of(new ThreadSections(comparable).section());
  }

  private static boolean isOnOneThread(JmhResult result, int n) {
    return result.number(THREADS) == 1 && result.number("n") == n;
  }

  private ReportSection section() {
    List<List<String>> rows = new ArrayList<>();
    LogChart chart = new LogChart("Speed-up", THREADS, "time on 1 thread ÷ time");
    for (int n : figures.stream().map(result -> result.number("n")).distinct().sorted().toList()) {
      List<JmhResult> line = figures.stream().filter(result -> result.number("n") == n).toList();
      double alone = line.getFirst().nanos();
      line.forEach(result -> rows.add(row(result, alone / result.nanos())));
      chart.add("n = " + n, line, r -> r.number(THREADS), r -> alone / r.nanos());
    }
    double[] threads =
        figures.stream().mapToDouble(r -> r.number(THREADS)).distinct().sorted().toArray();
    chart.addBound("ideal", threads, threads);
    return new ReportSection(
        "Speed-up by threads",
        "eigengrad's solves on one thread and on more, by JMH.",
        HEADER,
        rows,
        List.of(chart));
  }

  private static List<String> row(JmhResult result, double speedUp) {
    return List.of(
        result.param("n"),
        result.param(THREADS),
        Quantities.time(result.nanos()),
        Quantities.ratio(speedUp),
        String.format(Locale.ROOT, "%.0f %%", 100 * speedUp / result.number(THREADS)));
  }
}
