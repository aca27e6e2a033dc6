package eigengrad.bench.paper;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The runs of an experiment arranged like the paper's Table 1: methods down, group sizes across.
 */
final class Table1 {
  private final List<Method> methods;
  private final List<Integer> groupSizes;
  private final List<RunResult> results;

  Table1(List<Method> methods, List<Integer> groupSizes, List<RunResult> results) {
    this.methods = List.copyOf(methods);
    this.groupSizes = List.copyOf(groupSizes);
    this.results = List.copyOf(results);
  }

  List<Method> methods() {
    return methods;
  }

  List<Integer> groupSizes() {
    return groupSizes;
  }

  /** The finished runs of a cell, failed ones included. */
  List<RunResult> runs(Method method, int groupSize) {
    return results.stream()
        .filter(r -> r.settings().method() == method && r.settings().groupSize() == groupSize)
        .toList();
  }

  ErrorFigures figures(Method method, int groupSize) {
    return ErrorFigures.of(runs(method, groupSize));
  }

  /**
   * The table as text, each figure above the published one.
   *
   * @param plusMinus the sign before a standard deviation
   */
  List<String> text(String plusMinus) {
    List<String[]> rows = new ArrayList<>();
    rows.add(row("", "", "", d -> "d=" + d));
    for (Method method : methods) {
      rows.add(new String[0]);
      addRows(rows, method, method.label(), "min %", ErrorFigures::minText);
      addRows(rows, method, "", "mean" + plusMinus + "std %", f -> f.meanText(plusMinus));
      addRows(rows, method, "", "success", ErrorFigures::successText);
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
      Method method,
      String label,
      String what,
      Function<ErrorFigures, String> figure) {
    rows.add(row(label, what, "here", d -> figure.apply(figures(method, d))));
    rows.add(row("", "", "paper", d -> figure.apply(PublishedTable1.figures(method, d))));
  }

  private String[] row(String label, String what, String where, IntFunction<String> figure) {
    return Stream.concat(
            Stream.of(label, what, where),
            groupSizes.stream().mapToInt(Integer::intValue).mapToObj(figure))
        .toArray(String[]::new);
  }
}
