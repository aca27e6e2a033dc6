package eigengrad.bench.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** What a table says of each method, in words made from its runs. */
final class TableVerdict {
  /** Points of per cent by which an error may exceed the best of its column. */
  static final double POINTS = 5;

  private TableVerdict() {}

  /**
   * A line for each row of the table, or for several of which the same is to be said.
   *
   * @param title of the table
   * @param table with its runs
   */
  static List<String> of(String title, ResultTable table) {
    Map<String, StringJoiner> rows = new LinkedHashMap<>();
    for (String row : table.grid().rows()) {
      rows.computeIfAbsent(
              sentence(table, table.grid().row(row)), sentence -> new StringJoiner(", "))
          .add(row);
    }
    List<String> lines = new ArrayList<>();
    lines.add(title);
    rows.forEach((sentence, names) -> lines.add("  " + names + ": " + sentence));
    return lines;
  }

  private static String sentence(ResultTable table, List<Grid.Cell> cells) {
    List<RunResult> runs = table.runs(cells);
    if (runs.isEmpty()) {
      return "no run finished";
    }
    long failed = runs.stream().filter(run -> !run.succeeded()).count();
    List<String> parts = new ArrayList<>();
    parts.add("finite in %d of %d runs".formatted(runs.size() - failed, runs.size()));
    List<String> worse = new ArrayList<>();
    for (Grid.Cell cell : cells) {
      addIfWorse(table, cell, worse);
    }
    if (!worse.isEmpty()) {
      parts.add("errors far above the best: " + String.join(", ", worse));
    } else if (failed < runs.size()) {
      parts.add("errors within %.0f points of the best".formatted(POINTS));
    }
    return String.join("; ", parts);
  }

  private static void addIfWorse(ResultTable table, Grid.Cell cell, List<String> worse) {
    double error = table.figures(cell).mean();
    OptionalDouble best =
        table.grid().column(cell.column()).stream()
            .mapToDouble(other -> table.figures(other).mean())
            .filter(Double::isFinite)
            .min();
    if (best.isPresent() && error - best.getAsDouble() > POINTS) {
      worse.add(
          String.format(
              Locale.ROOT,
              "%.1f %% against %.1f %%%s",
              error,
              best.getAsDouble(),
              cell.layer().size().startsWith("d") ? " at " + cell.layer().size() : ""));
    }
  }
}
