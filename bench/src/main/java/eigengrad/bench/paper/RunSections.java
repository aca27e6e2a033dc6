package eigengrad.bench.paper;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.td;
import static j2html.TagCreator.tr;

import eigengrad.bench.report.Page;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.Locale;

/** The sections of the page that list single runs. */
final class RunSections {
  private RunSections() {}

  /** What was not finite, and where. */
  static SectionTag failures(List<RunResult> failures) {
    if (failures.isEmpty()) {
      return section(h2("Failed runs"), p("None: every finished run stayed finite to its end."));
    }
    List<TrTag> rows =
        failures.stream()
            .map(
                run ->
                    row(
                        run.settings(),
                        run.failure() == null ? "" : run.failure(),
                        Integer.toString(run.losses().length)))
            .toList();
    return section(
        h2("Failed runs"),
        Page.figures(List.of("method", "d", "seed", "step", "not finite"), rows));
  }

  /** Runs that ended in an exception. */
  static SectionTag crashes(List<CrashedRun> crashes) {
    List<TrTag> rows =
        crashes.stream().map(crash -> row(crash.settings(), crash.causes())).toList();
    return section(
            h2("Errors"),
            p("These runs ended in an exception and are left out everywhere else."),
            Page.figures(List.of("method", "d", "seed", "exception"), rows))
        .withClass("notice");
  }

  /** Every finished run, folded away. */
  static SectionTag allRuns(List<RunResult> results) {
    List<String> columns =
        List.of(
            "method",
            "d",
            "seed",
            "steps",
            "last loss",
            "test error %",
            "largest gradient",
            "seconds",
            "");
    return section(
        h2("All runs"),
        details(
            summary(results.size() + " finished runs"),
            div(Page.figures(columns, results.stream().map(RunSections::row).toList()))
                .withClass("wide")),
        p("The same as runs.csv, and every loss in losses.csv, beside this page.")
            .withClass("note"));
  }

  private static TrTag row(RunResult run) {
    double[] losses = run.losses();
    return row(
        run.settings(),
        run.succeeded() ? "" : "failed",
        Integer.toString(losses.length),
        losses.length == 0 ? "-" : number("%.4g", losses[losses.length - 1]),
        number("%.2f", run.errorPercent()),
        number("%.3g", run.largestGradient()),
        number("%.1f", run.seconds()));
  }

  /** What was run, the figures, and last a text. */
  private static TrTag row(RunSettings run, String text, String... figures) {
    TrTag row =
        tr(
            td(run.method().label()),
            td(Integer.toString(run.groupSize())),
            td(Long.toString(run.seed())));
    for (String figure : figures) {
      row.with(td(figure));
    }
    return row.with(td(text).withClass("text"));
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}
