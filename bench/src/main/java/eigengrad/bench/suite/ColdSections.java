package eigengrad.bench.suite;

import eigengrad.bench.peers.ColdStart;
import eigengrad.bench.report.CategoryPlot;
import eigengrad.bench.report.Chart;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Fresh JVMs. */
final class ColdSections {
  private static final List<String> HEADER =
      List.of(
          "n",
          "contestant",
          "JVM's start to first result",
          "first call",
          "calls until steady",
          "time until steady",
          "steady call");

  private ColdSections() {}

  static List<ReportSection> of(SuiteResults results) {
    if (results.coldStarts().isEmpty()) {
      return List.of();
    }
    return List.of(
        new ReportSection(
            "Fresh JVMs",
            "Values and vectors of a random matrix on one thread, seen from outside. Steady is a"
                + " call that takes at most 10 % longer than those at the end. Times until then begin"
                + " with the first call, in the charts of the first result with the JVM.",
            HEADER,
            results.coldStarts().stream().map(ColdSections::row).toList(),
            charts(results.coldStarts())));
  }

  /** Times at each order, and how many calls it takes. */
  private static List<Chart> charts(List<ColdStart> all) {
    List<Chart> charts = new ArrayList<>();
    for (int n : all.stream().map(ColdStart::n).distinct().sorted().toList()) {
      List<ColdStart> starts = all.stream().filter(start -> start.n() == n).toList();
      List<String> names = starts.stream().map(ColdStart::contestant).toList();
      CategoryPlot times = CategoryPlot.dots("Fresh JVM, n = " + n, "ms", names);
      times.add("first result", millis(starts, ColdStart::firstResultNanos));
      times.add("first call", millis(starts, ColdStart::firstCallNanos));
      times.add("until steady", millis(starts, ColdSections::untilSteady));
      times.add("steady call", millis(starts, ColdStart::steadyNanos));
      charts.add(times);
      CategoryPlot calls = CategoryPlot.bars("Calls until steady, n = " + n, "calls", names);
      calls.add("calls", starts.stream().map(start -> (double) start.callsUntilSteady()).toList());
      charts.add(calls);
    }
    return charts;
  }

  /** At least the first call, without which nothing is steady. */
  private static double untilSteady(ColdStart start) {
    return Math.max(start.nanosUntilSteady(), start.firstCallNanos());
  }

  private static List<Double> millis(List<ColdStart> starts, ToDoubleFunction<ColdStart> nanos) {
    return starts.stream().map(start -> nanos.applyAsDouble(start) / 1e6).toList();
  }

  private static List<String> row(ColdStart start) {
    return List.of(
        Integer.toString(start.n()),
        start.contestant(),
        Quantities.time(start.firstResultNanos()),
        Quantities.time(start.firstCallNanos()),
        Integer.toString(start.callsUntilSteady()),
        Quantities.time(start.nanosUntilSteady()),
        Quantities.time(start.steadyNanos()));
  }
}
