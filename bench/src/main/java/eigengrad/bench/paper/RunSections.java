package eigengrad.bench.paper;

import static eigengrad.bench.report.Html.element;

import eigengrad.bench.report.Html;
import java.util.List;
import java.util.Locale;

/** The sections of the page that list single runs. */
final class RunSections {
  private RunSections() {}

  /** What was not finite, and where. */
  static Html failures(List<RunResult> failures) {
    Html section = element("section").add(element("h2", "Failed runs"));
    if (failures.isEmpty()) {
      return section.add(element("p", "None: every finished run stayed finite to its end."));
    }
    Html table = table("method", "d", "seed", "step", "not finite");
    Html body = element("tbody");
    for (RunResult run : failures) {
      String what = run.failure() == null ? "" : run.failure();
      body.add(
          row(run.settings(), Integer.toString(run.losses().length))
              .add(element("td", what).with("class", "text")));
    }
    return section.add(table.add(body));
  }

  /** Runs that ended in an exception. */
  static Html crashes(List<CrashedRun> crashes) {
    Html table = table("method", "d", "seed", "exception");
    Html body = element("tbody");
    for (CrashedRun crash : crashes) {
      body.add(row(crash.settings()).add(element("td", crash.causes()).with("class", "text")));
    }
    return element("section")
        .with("class", "notice")
        .add(
            element("h2", "Errors"),
            element("p", "These runs ended in an exception and are left out everywhere else."),
            table.add(body));
  }

  /** Every finished run, folded away. */
  static Html allRuns(List<RunResult> results) {
    Html table =
        table(
            "method",
            "d",
            "seed",
            "steps",
            "last loss",
            "test error %",
            "largest gradient",
            "seconds",
            "");
    Html body = element("tbody");
    for (RunResult run : results) {
      double[] losses = run.losses();
      body.add(
          row(
                  run.settings(),
                  Integer.toString(losses.length),
                  losses.length == 0 ? "-" : number("%.4g", losses[losses.length - 1]),
                  number("%.2f", run.errorPercent()),
                  number("%.3g", run.largestGradient()),
                  number("%.1f", run.seconds()))
              .add(element("td", run.succeeded() ? "" : "failed").with("class", "text")));
    }
    return element("section")
        .add(
            element("h2", "All runs"),
            element("details")
                .add(
                    element("summary", results.size() + " finished runs"),
                    element("div").with("class", "wide").add(table.add(body))),
            element("p", "The same as runs.csv, and every loss in losses.csv, beside this page.")
                .with("class", "note"));
  }

  private static Html table(String... columns) {
    Html head = element("tr");
    for (String column : columns) {
      head.add(element("th", column).with("scope", "col"));
    }
    return element("table").with("class", "runs").add(element("thead").add(head));
  }

  private static Html row(RunSettings run, String... cells) {
    Html row =
        element("tr")
            .add(
                element("td", run.method().label()),
                element("td", Integer.toString(run.groupSize())),
                element("td", Long.toString(run.seed())));
    for (String cell : cells) {
      row.add(element("td", cell));
    }
    return row;
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}
