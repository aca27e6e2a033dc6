package eigengrad.bench.truth;

import eigengrad.bench.report.FunctionPlot;
import eigengrad.bench.report.PlotAxis;
import eigengrad.bench.truth.TieApproach.Point;
import eigengrad.bench.truth.TieApproach.Scene;
import eigengrad.grad.paper.Precision;
import java.util.List;

/** The approach to a tie under whitening as a figure for a README. */
public final class TieFigure {
  /**
   * The place is the look: the paper's proposal has the widest line. {@link Route#PUBLISHED_SVD}
   * would hide {@link Route#SVD} and is left out.
   */
  private static final List<Route> ROUTES =
      List.of(Route.EXACT, Route.OURS, Route.SVD, Route.PI, Route.PUBLISHED);

  private TieFigure() {}

  /**
   * Relative errors against the gap, one curve per route; a curve ends where there is no finite
   * gradient.
   *
   * @param approach the data
   * @param precision of the curves
   * @return the figure
   */
  public static FunctionPlot of(TieApproach approach, Precision precision) {
    boolean wide = precision == Precision.FLOAT64;
    PlotAxis gaps = PlotAxis.logarithmic("relative gap of two eigenvalues", wide ? 1e-16 : 1e-8, 1);
    PlotAxis errors =
        PlotAxis.logarithmic("relative error of the gradient", wide ? 1e-16 : 1e-8, 100);
    FunctionPlot plot =
        new FunctionPlot(
            "Whitening as two eigenvalues meet, " + Figures.name(precision), gaps, errors);
    for (int look = 0; look < ROUTES.size(); look++) {
      Route route = ROUTES.get(look);
      List<Point> drawn =
          approach.curve(Scene.WHITENING, route, precision).reversed().stream()
              .filter(point -> point.gap() >= gaps.from())
              .filter(point -> Double.isFinite(point.errors().medianError()))
              .toList();
      plot.add(
          look,
          route.label(),
          drawn.stream().mapToDouble(Point::gap).toArray(),
          drawn.stream().mapToDouble(point -> point.errors().medianError()).toArray());
    }
    return plot;
  }
}
