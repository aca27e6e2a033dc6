package eigengrad.bench.suite;

import eigengrad.bench.peers.ColdStart;
import eigengrad.bench.report.Quantities;
import java.util.List;

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
                + " call that takes at most 10 % longer than those at the end.",
            HEADER,
            results.coldStarts().stream().map(ColdSections::row).toList(),
            List.of()));
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
