package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.Workload;
import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The results as Markdown: what ran on what, a table for each workload, who was left out. */
final class MarkdownReport {
  private final Map<String, String> machine;
  private final Results results;
  private final Statistic statistic;
  private final boolean partial;
  private final List<String> lines = new ArrayList<>();

  MarkdownReport(
      Map<String, String> machine, Results results, Statistic statistic, boolean partial) {
    this.machine = machine;
    this.results = results;
    this.statistic = statistic;
    this.partial = partial;
  }

  /** The whole document. */
  String text() {
    lines.clear();
    lines.add("# eigengrad and its peers");
    if (partial) {
      paragraph("PARTIAL: stopped before the end; only what had finished is here.");
    }
    machine();
    for (int raceThreads :
        results.measurements().stream().map(Measurement::raceThreads).distinct().toList()) {
      for (Workload workload : Workload.values()) {
        workload(workload, raceThreads);
      }
      phases(raceThreads);
    }
    notes();
    return String.join("\n", lines) + "\n";
  }

  private void machine() {
    lines.add("");
    machine.forEach((name, value) -> lines.add("- " + name + ": " + value));
    paragraph("Contestants:");
    lines.add("");
    for (Entrant entrant : results.entrants()) {
      lines.add(
          "- %s: %s (%s)%s"
              .formatted(
                  entrant.label(), entrant.description(), entrant.origin(), processors(entrant)));
    }
  }

  /** How many processors an entrant kept busy while it was timed. */
  private String processors(Entrant entrant) {
    List<Measurement> own = results.measurements().stream().filter(m -> m.isOf(entrant)).toList();
    double wall = own.stream().mapToLong(Measurement::wallNanos).sum();
    double used = own.stream().mapToLong(Measurement::processorNanos).sum();
    return used > 0 ? "; processors in use: " + Quantities.ratio(used / wall) : "";
  }

  private void workload(Workload workload, int raceThreads) {
    List<Measurement> measured = results.of(workload, raceThreads);
    if (measured.isEmpty()) {
      return;
    }
    heading("%s: %s; %s".formatted(workload.word(), workload.title(), threads(raceThreads)));
    paragraph(
        "%s: %s ± half the distance between the quartiles of the rounds. Ratios of times: %s."
            .formatted(
                workload.flops(1) > 0 ? "GFLOP/s" : "Time of a call",
                statistic.time(),
                statistic.ratio()));
    lines.add("");
    lines.addAll(new ComparisonTable(statistic, results.entrants(), measured).lines());
  }

  private void phases(int raceThreads) {
    List<PhaseMeasurement> measured =
        results.phases().stream().filter(phases -> phases.raceThreads() == raceThreads).toList();
    if (measured.isEmpty()) {
      return;
    }
    heading("dense: the phases of eigengrad; " + threads(raceThreads));
    lines.add("");
    List<List<String>> rows = new ArrayList<>();
    for (PhaseMeasurement phases : measured) {
      rows.add(
          List.of(
              Integer.toString(phases.n()),
              time(phases.reductionNanos()),
              time(phases.tridiagonalNanos()),
              time(phases.backTransformationNanos())));
    }
    lines.addAll(
        MarkdownTable.lines(List.of("n", "reduction", "tridiagonal", "back-transformation"), rows));
  }

  private String time(double[] rounds) {
    return Quantities.time(statistic.nanos(rounds));
  }

  private void notes() {
    if (results.notes().isEmpty()) {
      return;
    }
    heading("Left out");
    lines.add("");
    results.notes().forEach(note -> lines.add("- " + note));
  }

  private void heading(String text) {
    lines.add("");
    lines.add("## " + text);
  }

  private void paragraph(String text) {
    lines.add("");
    lines.add(text);
  }

  private static String threads(int raceThreads) {
    return raceThreads == 1 ? "1 thread" : "up to %d threads".formatted(raceThreads);
  }
}
