package eigengrad.bench.truth;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import eigengrad.bench.report.LogChart;
import eigengrad.bench.report.Page;
import eigengrad.bench.report.VerdictList;
import eigengrad.bench.truth.TieApproach.Point;
import eigengrad.bench.truth.TieApproach.Scene;
import eigengrad.grad.paper.Precision;
import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.SectionTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The approach to a tie as parts of a page. */
final class TieSections {
  /** An error below is drawn here, since zero has no place on a logarithmic axis. */
  private static final double LOWEST = 1e-17;

  private TieSections() {}

  static List<SectionTag> of(TieApproach approach) {
    return List.of(
        section(
            h2("Two eigenvalues meet: how wrong is each gradient?"),
            p(
                "A covariance with eigenvalues 1, ½, ¼, …, 1/128 is built from known eigenvectors,"
                    + " and the two smallest are driven together. The gradient of a loss of"
                    + " M^(−1/2), by which whitening multiplies, is computed by every route and"
                    + " compared with the truth, which is known in closed form whatever the gap."
                    + " An error of 1 is as large as the truth itself. A line that ends has no"
                    + " finite gradient any more."),
            dl(each(Arrays.asList(Route.values()), TieSections::key)).withClass("key"),
            charts(approach, Scene.WHITENING, "error", "relative error", TieSections::error),
            p("What the same gradients measure, relative to the true one:"),
            charts(approach, Scene.WHITENING, "size", "size / true size", TieSections::size),
            p("Medians of %d random matrices and losses per point.".formatted(draws(approach))
                    + " Points at gaps below 2⁻⁵³ ≈ 1e-16, in float32 below about 1e-5, are in"
                    + " effect the tie itself: the matrix has no more digits.")
                .withClass("note")),
        section(
            h2("The same for PCA's projector"),
            p(
                "The projector onto the four leading eigenvectors does not care about a tie within"
                    + " what it keeps, or within what it drops, and neither does its true"
                    + " gradient. Routes through single vectors may."),
            charts(approach, Scene.KEPT, "error", "relative error", TieSections::error),
            charts(approach, Scene.DROPPED, "error", "relative error", TieSections::error),
            VerdictList.of(TieVerdict.of(approach, Scene.KEPT)),
            VerdictList.of(TieVerdict.of(approach, Scene.DROPPED))));
  }

  private static double error(Point point) {
    return point.errors().medianError();
  }

  private static double size(Point point) {
    return point.errors().medianSize();
  }

  private static int draws(TieApproach approach) {
    return approach.points().stream()
        .mapToInt(point -> point.errors().draws().size())
        .max()
        .orElse(0);
  }

  private static DomContent key(Route route) {
    return each(dt(route.label()), dd(route.meaning()));
  }

  private static DivTag charts(
      TieApproach approach,
      Scene scene,
      String name,
      String quantity,
      ToDoubleFunction<Point> figure) {
    List<DomContent> drawings = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      LogChart chart = chart(approach, scene, precision, quantity, figure);
      String id = "tie-%s-%s-%s".formatted(scene, name, precision).toLowerCase(Locale.ROOT);
      drawings.add(Page.drawing(chart.title(), () -> chart.svg(id)));
    }
    return div(each(drawings, drawing -> drawing)).withClass("plots");
  }

  static LogChart chart(
      TieApproach approach,
      Scene scene,
      Precision precision,
      String quantity,
      ToDoubleFunction<Point> figure) {
    LogChart chart =
        new LogChart(scene.label() + ", " + Figures.name(precision), "relative gap", quantity);
    for (Route route : Route.values()) {
      List<Point> drawn = new ArrayList<>();
      for (Point point : approach.curve(scene, route, precision)) {
        if (point.gap() > 0 && Double.isFinite(figure.applyAsDouble(point))) {
          drawn.add(0, point);
        }
      }
      chart.add(
          route.label(), drawn, Point::gap, point -> Math.max(LOWEST, figure.applyAsDouble(point)));
    }
    return chart;
  }
}
