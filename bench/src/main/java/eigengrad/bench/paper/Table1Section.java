package eigengrad.bench.paper;

import static eigengrad.bench.report.Html.element;

import eigengrad.bench.report.Html;
import java.util.List;
import java.util.Locale;

/** Table 1 as a section of the page: here and published side by side, success as a bar. */
final class Table1Section {
  private Table1Section() {}

  static Html of(Table1 table) {
    Html head = element("tr").add(element("th", "method").with("scope", "col"), column("figures"));
    for (int d : table.groupSizes()) {
      head.add(column("d = " + d));
    }
    Html body = element("tbody");
    for (Method method : table.methods()) {
      body.add(row(table, method, true), row(table, method, false));
    }
    Html key = element("dl").with("class", "key");
    for (Method method : table.methods()) {
      key.add(
          element("dt", method.label()).with("style", "color:" + MethodLook.style(method).css()),
          element("dd", MethodLook.meaning(method)));
    }
    return element("section")
        .add(
            element("h2", "Table 1: test error and success"),
            key,
            element("div")
                .with("class", "wide")
                .add(
                    element("table").with("class", "table1").add(element("thead").add(head), body)),
            element(
                    "p",
                    "Errors are of the successful runs: lowest, and mean ± sample standard deviation."
                        + " A dash: no run to take the figure from. Published: ResNet-18 in float32,"
                        + " about 137,000 steps per run and 15 runs per cell. A run of a few hundred"
                        + " steps meets far fewer close eigenvalues: that SVD gets through one is"
                        + " not a contradiction.")
                .with("class", "note"));
  }

  private static Html column(String name) {
    return element("th", name).with("scope", "col");
  }

  private static Html row(Table1 table, Method method, boolean here) {
    Html row = element("tr").with("class", here ? "here" : "paper");
    if (here) {
      row.add(element("th", method.label()).with("scope", "rowgroup").with("rowspan", "2"));
    }
    row.add(element("th", here ? "here" : "published").with("scope", "row"));
    for (int d : table.groupSizes()) {
      ErrorFigures figures = here ? table.figures(method, d) : PublishedTable1.figures(method, d);
      row.add(cell(figures, here ? count(table.runs(method, d)) : ""));
    }
    return row;
  }

  private static String count(List<RunResult> runs) {
    long successes = runs.stream().filter(RunResult::succeeded).count();
    return runs.isEmpty() ? "no run finished" : successes + " of " + runs.size();
  }

  private static Html cell(ErrorFigures figures, String count) {
    Html cell = element("td");
    if (Double.isNaN(figures.successPercent())) {
      return cell.add(element("div", count.isEmpty() ? "-" : count).with("class", "none"));
    }
    String width = String.format(Locale.ROOT, "width:%.1f%%", figures.successPercent());
    Html bar =
        element("div")
            .with("class", "bar")
            .with("role", "img")
            .with("aria-label", figures.successText() + " of the runs succeeded")
            .add(element("span").with("style", width));
    cell.add(
        bar, element("div", figures.successText() + (count.isEmpty() ? "" : " (" + count + ")")));
    if (Double.isNaN(figures.min())) {
      return cell.add(element("div", "-").with("class", "none"));
    }
    return cell.add(
        element("div")
            .with("class", "error")
            .text("min " + figures.minText() + " %")
            .add(element("br"))
            .text("mean " + figures.meanText(" ± ") + (Double.isNaN(figures.mean()) ? "" : " %")));
  }
}
