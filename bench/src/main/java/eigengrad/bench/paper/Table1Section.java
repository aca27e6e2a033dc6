package eigengrad.bench.paper;

import static j2html.TagCreator.br;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TdTag;
import j2html.tags.specialized.ThTag;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.Locale;

/** Table 1 as a section of the page: here and published side by side, success as a bar. */
final class Table1Section {
  private Table1Section() {}

  static SectionTag of(Table1 table) {
    return section(
        h2("Table 1: test error and success"),
        dl(each(table.methods(), Table1Section::key)).withClass("key"),
        div(table(
                    thead(
                        tr(
                            column("method"),
                            column("figures"),
                            each(table.groupSizes(), d -> column("d = " + d)))),
                    tbody(
                        each(
                            table.methods(),
                            method -> each(row(table, method, true), row(table, method, false)))))
                .withClass("table1"))
            .withClass("wide"),
        p("Errors are of the successful runs: lowest, and mean ± sample standard deviation."
                + " A dash: no run to take the figure from. Published: ResNet-18 in float32,"
                + " about 137,000 steps per run and 15 runs per cell. A run of a few hundred"
                + " steps meets far fewer close eigenvalues: that SVD gets through one is"
                + " not a contradiction.")
            .withClass("note"));
  }

  private static DomContent key(Method method) {
    return each(
        dt(method.label()).withStyle("color:" + MethodLook.style(method).css()),
        dd(MethodLook.meaning(method)));
  }

  private static ThTag column(String name) {
    return th(name).withScope("col");
  }

  private static TrTag row(Table1 table, Method method, boolean here) {
    return tr(
            iff(here, th(method.label()).withScope("rowgroup").withRowspan("2")),
            th(here ? "here" : "published").withScope("row"),
            each(
                table.groupSizes(),
                d ->
                    here
                        ? cell(table.figures(method, d), count(table.runs(method, d)))
                        : cell(PublishedTable1.figures(method, d), "")))
        .withClass(here ? "here" : "paper");
  }

  private static String count(List<RunResult> runs) {
    long successes = runs.stream().filter(RunResult::succeeded).count();
    return runs.isEmpty() ? "no run finished" : successes + " of " + runs.size();
  }

  private static TdTag cell(ErrorFigures figures, String count) {
    if (Double.isNaN(figures.successPercent())) {
      return td(none(count.isEmpty() ? "-" : count));
    }
    String width = String.format(Locale.ROOT, "width:%.1f%%", figures.successPercent());
    return td(
        div(span().withStyle(width))
            .withClass("bar")
            .attr("role", "img")
            .attr("aria-label", figures.successText() + " of the runs succeeded"),
        div(figures.successText() + (count.isEmpty() ? "" : " (" + count + ")")),
        Double.isNaN(figures.min()) ? none("-") : errors(figures));
  }

  private static DivTag none(String text) {
    return div(text).withClass("none");
  }

  private static DivTag errors(ErrorFigures figures) {
    return div(
            text("min " + figures.minText() + " %"),
            br(),
            text("mean " + figures.meanText(" ± ") + (Double.isNaN(figures.mean()) ? "" : " %")))
        .withClass("error");
  }
}
