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
import java.util.Objects;

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
            .map(run -> row(run.settings(), Objects.requireNonNullElse(run.failure(), "")))
            .toList();
    return section(
        h2("Failed runs"),
        div(Page.figures(List.of("layer", "method", "size", "seed", "not finite"), rows))
            .withClass("wide"));
  }

  /** Runs that ended in an exception. */
  static SectionTag crashes(List<CrashedRun> crashes) {
    List<TrTag> rows =
        crashes.stream().map(crash -> row(crash.settings(), crash.causes())).toList();
    return section(
            h2("Errors"),
            p("These runs ended in an exception and are left out everywhere else."),
            div(Page.figures(List.of("layer", "method", "size", "seed", "exception"), rows))
                .withClass("wide"))
        .withClass("notice");
  }

  /** Every finished run, folded away. */
  static SectionTag allRuns(List<RunResult> results) {
    List<String> columns =
        List.of(
            "layer",
            "method",
            "size",
            "seed",
            "K",
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
        p("The same as runs.csv, and losses in losses.csv, beside this page.").withClass("note"));
  }

  private static TrTag row(RunResult run) {
    Route route = run.settings().layer().route();
    return row(
        run.settings(),
        run.succeeded() ? "" : "failed",
        route != null && route.method().hasTerms() ? Integer.toString(route.terms()) : "",
        Integer.toString(run.losses().steps()),
        number("%.4g", run.losses().last()),
        number("%.2f", run.errorPercent()),
        number("%.3g", run.largestGradient()),
        number("%.1f", run.seconds()));
  }

  /** What was run, the figures, and last a text. */
  private static TrTag row(RunSettings run, String text, String... figures) {
    Layer layer = run.layer();
    Route route = layer.route();
    TrTag row =
        tr(
            td(layer.kind()),
            td(route == null ? "" : route.method().label()).withClass("text"),
            td(layer.size()),
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
