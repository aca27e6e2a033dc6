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

/** A table as a section of the page: here and published side by side, success as a bar. */
final class TableSection {
  private static final String NOTE =
      "Errors are of the successful runs: lowest, and mean ± sample standard deviation. A dash: no"
          + " run to take the figure from. Published: ResNet-18 in float32, about 137,000 steps per"
          + " run and 15 runs per cell: compare the pattern, not the values. A run of a few hundred"
          + " steps meets far fewer close eigenvalues: that SVD gets through one is not a"
          + " contradiction.";

  private TableSection() {}

  /**
   * The section.
   *
   * @param title its heading
   * @param introduction what the table is about
   * @param table to be shown
   */
  static SectionTag of(String title, String introduction, ResultTable table) {
    Grid grid = table.grid();
    return section(
        h2(title),
        p(introduction),
        dl(each(grid.column(grid.columns().get(0)), cell -> key(cell.layer()))).withClass("key"),
        div(table(
                    thead(
                        tr(
                            column("method"),
                            column("figures"),
                            each(grid.columns(), TableSection::column))),
                    tbody(
                        each(
                            grid.rows(),
                            row -> each(row(table, row, true), row(table, row, false)))))
                .withClass("table1"))
            .withClass("wide"),
        p(NOTE).withClass("note"));
  }

  private static DomContent key(Layer layer) {
    return each(
        dt(layer.label()).withStyle("color:" + LayerLook.style(layer).css()),
        dd(LayerLook.meaning(layer)));
  }

  private static ThTag column(String name) {
    return th(name).withScope("col");
  }

  private static TrTag row(ResultTable table, String name, boolean here) {
    return tr(
            iff(here, th(name).withScope("rowgroup").withRowspan("2")),
            th(here ? "here" : "published").withScope("row"),
            each(
                table.grid().row(name),
                cell ->
                    here
                        ? cell(table.figures(cell), count(table.runs(cell.layer())))
                        : cell(cell.published(), "")))
        .withClass(here ? "here" : "paper");
  }

  private static String count(List<RunResult> runs) {
    long successes = runs.stream().filter(RunResult::succeeded).count();
    return runs.isEmpty() ? "no run finished" : successes + " of " + runs.size();
  }

  private static TdTag cell(ErrorFigures figures, String count) {
    boolean errors = !Double.isNaN(figures.min());
    if (Double.isNaN(figures.successPercent())) {
      return td(errors ? errors(figures) : none(count.isEmpty() ? "-" : count));
    }
    String width = String.format(Locale.ROOT, "width:%.1f%%", figures.successPercent());
    return td(
        div(span().withStyle(width))
            .withClass("bar")
            .attr("role", "img")
            .attr("aria-label", figures.successText() + " of the runs succeeded"),
        div(figures.successText() + (count.isEmpty() ? "" : " (" + count + ")")),
        errors ? errors(figures) : none("-"));
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
