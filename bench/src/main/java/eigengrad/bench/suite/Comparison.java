package eigengrad.bench.suite;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.Entrant;
import eigengrad.bench.peers.JsonReport;
import eigengrad.bench.peers.Measurement;
import eigengrad.bench.peers.Quartiles;
import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Two runs of the same benchmarks, before and after a change. A figure has moved where the
 * intervals do not meet: JMH's confidence intervals of 99.9 %, or the quartiles of the race.
 */
final class Comparison {
  private final List<Row> rows = new ArrayList<>();
  private final List<String> onlyOnce = new ArrayList<>();

  /** Whether a figure has moved. */
  enum Verdict {
    FASTER,
    SLOWER,
    UNCHANGED,
    /** A single sample, which has no interval. */
    UNKNOWN
  }

  /**
   * One figure in both runs.
   *
   * @param key name and parameters
   * @param before its time and interval
   * @param after its time and interval
   */
  record Row(String key, Figure before, Figure after) {

    double ratio() {
      return after.nanos / before.nanos;
    }

    Verdict verdict() {
      if (before.isAlone() || after.isAlone()) {
        return Verdict.UNKNOWN;
      }
      if (after.high < before.low) {
        return Verdict.FASTER;
      }
      return after.low > before.high ? Verdict.SLOWER : Verdict.UNCHANGED;
    }
  }

  /**
   * A time and where it lies almost certainly.
   *
   * @param nanos per call
   * @param low least
   * @param high most
   */
  record Figure(double nanos, double low, double high) {
    boolean isAlone() {
      return Double.isNaN(low) || Double.isNaN(high);
    }
  }

  Comparison(SuiteResults before, SuiteResults after) {
    Map<String, Figure> old = figures(before);
    Map<String, Figure> recent = figures(after);
    old.forEach(
        (key, figure) -> {
          if (recent.containsKey(key)) {
            rows.add(new Row(key, figure, Objects.requireNonNull(recent.get(key))));
          } else {
            onlyOnce.add("only before: " + key);
          }
        });
    recent.keySet().stream()
        .filter(key -> !old.containsKey(key))
        .forEach(key -> onlyOnce.add("only after: " + key));
  }

  private static Map<String, Figure> figures(SuiteResults results) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (JmhResult result : results.jmh()) {
      double error = result.primaryMetric().scoreError();
      figures.put(
          result.key(), new Figure(result.nanos(), result.nanos() - error, result.nanos() + error));
    }
    if (results.race() != null) {
      addRace(results.race(), figures);
    }
    return figures;
  }

  private static void addRace(JsonReport.Document race, Map<String, Figure> figures) {
    List<Entrant> ours = race.entrants().stream().filter(e -> e.kind() == Kind.OURS).toList();
    for (Measurement m : race.measurements()) {
      if (ours.stream().anyMatch(m::isOf)) {
        Quartiles q = m.quartiles();
        figures.put(
            "Race %s n=%d, threads=%d".formatted(m.workload().word(), m.n(), m.raceThreads()),
            new Figure(q.median(), q.lower(), q.upper()));
      }
    }
  }

  List<Row> rows() {
    return rows;
  }

  /** A table of all figures in Markdown, those that moved first. */
  String markdown() {
    List<String> lines = new ArrayList<>();
    List<List<String>> cells = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      List<Row> some = rows.stream().filter(row -> row.verdict() == verdict).toList();
      lines.add("%s: %d".formatted(word(verdict), some.size()));
      some.forEach(row -> cells.add(cells(row)));
    }
    lines.add("");
    lines.addAll(
        MarkdownTable.lines(
            List.of("benchmark", "before", "after", "after ÷ before", "verdict"), cells));
    lines.addAll(onlyOnce.isEmpty() ? List.of() : List.of(""));
    onlyOnce.forEach(line -> lines.add("- " + line));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.key(),
        text(row.before()),
        text(row.after()),
        Quantities.ratio(row.ratio()),
        word(row.verdict()));
  }

  private static String text(Figure figure) {
    String time = Quantities.time(figure.nanos);
    return figure.isAlone()
        ? time
        : time + " " + Quantities.percent((figure.high - figure.low) / (2 * figure.nanos));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "faster";
      case SLOWER -> "slower";
      case UNCHANGED -> "unchanged";
      case UNKNOWN -> "unknown";
    };
  }
}
