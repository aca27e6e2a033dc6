package eigengrad.bench.paper;

import eigengrad.bench.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
    TextTable table = new TextTable(3);
    List<String> header = new ArrayList<>(List.of("", "", ""));
    groupSizes.forEach(d -> header.add("d=" + d));
    table.row(header);
    for (Method method : methods) {
      table.row(List.of());
      addRows(table, method, method.label(), "min %", ErrorFigures::minText);
      addRows(table, method, "", "mean" + plusMinus + "std %", f -> f.meanText(plusMinus));
      addRows(table, method, "", "success", ErrorFigures::successText);
    }
    return table.lines();
  }

  private void addRows(
      TextTable table,
      Method method,
      String label,
      String what,
      Function<ErrorFigures, String> figure) {
    List<String> here = new ArrayList<>(List.of(label, what, "here"));
    List<String> paper = new ArrayList<>(List.of("", "", "paper"));
    for (int d : groupSizes) {
      here.add(figure.apply(figures(method, d)));
      paper.add(figure.apply(PublishedTable1.figures(method, d)));
    }
    table.row(here);
    table.row(paper);
  }
}
