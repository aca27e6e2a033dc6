package eigengrad.bench.paper;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import eigengrad.bench.report.CategoryPlot;
import eigengrad.bench.report.Page;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import java.util.ArrayList;
import java.util.List;

/** Figure 3: the test error of PCA denoising by what is kept and by the number of iterations. */
final class Figure3Section {
  private Figure3Section() {}

  /**
   * One of its parts.
   *
   * @param title of the chart
   * @param table of one row
   */
  record Part(String title, ResultTable table) {}

  static SectionTag of(List<Part> parts) {
    return section(
        h2("Figure 3: how much to keep, how many iterations"),
        p(
            "Mean test error of PCA denoising with the paper's gradient. The paper's bars belong to"
                + " a much better network: compare the shapes. For K the paper's errors are all"
                + " between 4.6 and 4.7 %, too close to be read off one by one."),
        div(each(parts, Figure3Section::drawing)).withClass("plots"));
  }

  private static DomContent drawing(Part part) {
    List<Grid.Cell> finished =
        part.table().grid().cells().stream()
            .filter(cell -> Double.isFinite(part.table().figures(cell).mean()))
            .toList();
    if (finished.isEmpty()) {
      return p(part.title() + ": no run finished.");
    }
    return Page.drawing(part.title(), () -> chart(part, finished).svg(id(part)));
  }

  private static String id(Part part) {
    return "figure3-" + part.title().replaceAll("[^A-Za-z]+", "-");
  }

  /** Bars here, and beside them the paper's if it has one for each. */
  static CategoryPlot chart(Part part, List<Grid.Cell> cells) {
    CategoryPlot chart =
        CategoryPlot.bars(
            part.title(), "mean test error in %", cells.stream().map(Grid.Cell::column).toList());
    List<Double> published = new ArrayList<>();
    for (Grid.Cell cell : cells) {
      published.add(cell.published().mean());
    }
    chart.add("here", cells.stream().map(part.table()::figures).map(ErrorFigures::mean).toList());
    if (published.stream().allMatch(Double::isFinite)) {
      chart.add("paper", published);
    }
    return chart;
  }
}
