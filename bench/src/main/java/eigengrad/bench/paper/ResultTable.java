package eigengrad.bench.paper;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The runs of an experiment arranged as its table. */
record ResultTable(Grid grid, List<RunResult> results) {
  ResultTable {
    results = List.copyOf(results);
  }

  /** The finished runs of a layer, failed ones included. */
  List<RunResult> runs(Layer layer) {
    return results.stream().filter(run -> run.settings().layer().equals(layer)).toList();
  }

  /** The finished runs of some cells. */
  List<RunResult> runs(Collection<Grid.Cell> cells) {
    return cells.stream().map(Grid.Cell::layer).map(this::runs).flatMap(List::stream).toList();
  }

  ErrorFigures figures(Grid.Cell cell) {
    return ErrorFigures.of(runs(cell.layer()));
  }

  /**
   * The table as text, each figure above the published one.
   *
   * @param plusMinus the sign before a standard deviation
   */
  List<String> text(String plusMinus) {
    List<String[]> rows = new ArrayList<>();
    rows.add(row("", "", "", grid.columns().stream()));
    for (String name : grid.rows()) {
      rows.add(new String[0]);
      addRows(rows, name, name, "min %", ErrorFigures::minText);
      addRows(rows, name, "", "mean" + plusMinus + "std %", f -> f.meanText(plusMinus));
      addRows(rows, name, "", "success", ErrorFigures::successText);
    }
    Column label = new Column().dataAlign(HorizontalAlign.LEFT);
    Column[] labels = {label, label, label};
    return AsciiTable.getTable(AsciiTable.NO_BORDERS, labels, rows.toArray(String[][]::new))
        .lines()
        .map(line -> line.substring(1).stripTrailing())
        .toList();
  }

  private void addRows(
      List<String[]> rows,
      String name,
      String label,
      String what,
      Function<ErrorFigures, String> figure) {
    List<Grid.Cell> cells = grid.row(name);
    rows.add(row(label, what, "here", cells.stream().map(this::figures).map(figure)));
    rows.add(row("", "", "paper", cells.stream().map(Grid.Cell::published).map(figure)));
  }

  private static String[] row(String label, String what, String where, Stream<String> figures) {
    return Stream.concat(Stream.of(label, what, where), figures).toArray(String[]::new);
  }
}
