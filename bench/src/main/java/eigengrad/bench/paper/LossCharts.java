package eigengrad.bench.paper;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import eigengrad.bench.report.LineChart;
import eigengrad.bench.report.Page;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import java.util.Comparator;
import java.util.List;

/**
 * The training losses of a table's runs, a chart for each column. A point is the mean of a few
 * steps in a row, so that long runs stay readable; a failed run ends in a cross.
 */
final class LossCharts {
  private static final int MOST_POINTS = 60;

  /** Losses beyond are drawn here: an exploding one must not squeeze all others into a line. */
  static final double HIGHEST = 1000;

  /** Losses below are drawn here, since zero has no place on a logarithmic axis. */
  static final double LOWEST = 1e-6;

  private LossCharts() {}

  /**
   * The section of the page.
   *
   * @param title its heading
   * @param id of its drawings, unique in the page
   * @param table whose runs are drawn
   */
  static SectionTag of(String title, String id, ResultTable table) {
    return section(
        h2(title),
        p(
            "A line is a run; a point of it may be the mean of several steps. A run in which the"
                + " loss or a gradient was not finite ends in a cross. Losses above %.0f are drawn"
                    .formatted(HIGHEST)
                + " at %.0f. The vertical axes differ from plot to plot.".formatted(HIGHEST)),
        div(each(table.grid().columns(), column -> plot(id, column, table))).withClass("plots"));
  }

  private static DomContent plot(String id, String column, ResultTable table) {
    List<RunResult> runs = table.runs(table.grid().column(column));
    return runs.isEmpty()
        ? p(column + ": no run finished.")
        : Page.drawing(
            "Training loss against optimiser step, " + column,
            () -> chart(column, runs).svg(id + "-" + table.grid().columns().indexOf(column)));
  }

  /**
   * The chart of some runs.
   *
   * @param title above it
   * @param runs at least one
   */
  static LineChart chart(String title, List<RunResult> runs) {
    LineChart chart =
        new LineChart(
            title,
            "optimiser step",
            "training loss (cross-entropy)",
            runs.stream().mapToInt(run -> run.settings().steps()).max().orElse(1),
            "failed here");
    double start = medianFirstLoss(runs);
    List<RunResult> bottomUp =
        runs.stream()
            .sorted(Comparator.comparing(run -> LayerLook.style(layer(run)).hasGaps()))
            .toList();
    for (RunResult run : bottomUp) {
      chart.add(line(run, legend(layer(run), runs), start));
    }
    return chart;
  }

  private static Layer layer(RunResult run) {
    return run.settings().layer();
  }

  private static String legend(Layer layer, List<RunResult> runs) {
    List<RunResult> all = runs.stream().filter(run -> layer(run).equals(layer)).toList();
    long failed = all.stream().filter(run -> !run.succeeded()).count();
    return layer.label() + (failed == 0 ? "" : ", %d of %d failed".formatted(failed, all.size()));
  }

  /**
   * A run as a line; the cross of a run without a single finite loss lies at the given height.
   *
   * @param run with one loss at least
   * @param legend what the legend calls it
   * @param start where a run without finite losses is drawn
   */
  static LineChart.Line line(RunResult run, String legend, double start) {
    LossCurve losses = run.losses().thinned(MOST_POINTS);
    int points = losses.points().length;
    double[] x = new double[points];
    double[] y = new double[points];
    for (int p = 0; p < points; p++) {
      x[p] = (losses.firstStep(p) + losses.lastStep(p)) / 2.0;
      y[p] = Math.clamp(losses.points()[p], LOWEST, HIGHEST);
    }
    boolean nothing = points == 0;
    return new LineChart.Line(
        legend,
        LayerLook.style(layer(run)),
        nothing ? new double[] {1} : x,
        nothing ? new double[] {start} : y,
        !run.succeeded());
  }

  private static double medianFirstLoss(List<RunResult> runs) {
    double[] first =
        runs.stream()
            .filter(run -> run.losses().points().length > 0)
            .mapToDouble(run -> run.losses().points()[0])
            .sorted()
            .toArray();
    return first.length == 0 ? 1 : Math.clamp(first[first.length / 2], LOWEST, HIGHEST);
  }
}
