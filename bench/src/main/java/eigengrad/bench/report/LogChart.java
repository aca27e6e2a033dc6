package eigengrad.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines and points on two logarithmic axes, drawn as SVG. */
public final class LogChart implements Chart {
  /** Keep apart lines that share a colour, as markers do. */
  private static final float[][] DASHES = {{1, 0}, {7, 3}, {2, 2}};

  private static final float LINE_WIDTH = 1.8f;

  /** The ratio of the largest to the smallest value up to which every decade is ruled. */
  private static final double MOST_RULED = 1e9;

  /** A line of more points is drawn without marks at them. */
  private static final int MOST_MARKS = 40;

  /** A line, or a point by itself. */
  @SuppressWarnings("ArrayRecordComponent") // only read
  private record Series(String name, double[] x, double[] y, boolean marked) {}

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<Series> series = new ArrayList<>();

  /**
   * A chart without lines.
   *
   * @param title above the plot
   * @param xLabel of the horizontal axis, with its unit
   * @param yLabel of the vertical axis, with its unit
   */
  public LogChart(String title, String xLabel, String yLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  @Override
  public String title() {
    return title;
  }

  /**
   * Adds a line.
   *
   * @param name for the legend, different from the others
   * @param x ascending, positive
   * @param y as long as x, positive
   * @throws IllegalArgumentException if there is no point or a coordinate is not positive
   */
  public void add(String name, double[] x, double[] y) {
    add(name, x, y, true);
  }

  /**
   * Adds a line through those points whose y is a number; none where there is no such point.
   *
   * @param <T> what a point stands for
   * @param name for the legend, different from the others
   * @param points in the order of x
   * @param x ascending, positive
   * @param y positive or NaN
   * @throws IllegalArgumentException if a coordinate is not positive
   */
  public <T> void add(String name, List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
    List<T> drawn = points.stream().filter(p -> !Double.isNaN(y.applyAsDouble(p))).toList();
    if (!drawn.isEmpty()) {
      add(name, drawn.stream().mapToDouble(x).toArray(), drawn.stream().mapToDouble(y).toArray());
    }
  }

  /**
   * Adds a line without marks at its points: a bound, say, instead of measurements.
   *
   * @param name for the legend, different from the others
   * @param x ascending, positive
   * @param y as long as x, positive
   * @throws IllegalArgumentException if there is no point or a coordinate is not positive
   */
  public void addBound(String name, double[] x, double[] y) {
    add(name, x, y, false);
  }

  private void add(String name, double[] x, double[] y, boolean marked) {
    for (int i = 0; i < Math.max(x.length, 1); i++) {
      if (x.length == 0 || x.length != y.length || !(x[i] > 0 && y[i] > 0)) {
        throw new IllegalArgumentException(name + " needs points with positive coordinates");
      }
    }
    series.add(new Series(name, x.clone(), y.clone(), marked));
  }

  /**
   * Adds a point.
   *
   * @param name for the legend, different from the others
   * @param x positive
   * @param y positive
   * @throws IllegalArgumentException if a coordinate is not positive
   */
  public void addPoint(String name, double x, double y) {
    add(name, new double[] {x}, new double[] {y});
  }

  @Override
  public String svg(String id) {
    XYChart chart = ChartLook.chart(title, xLabel, yLabel);
    XYStyler styler = chart.getStyler();
    boolean wideX = isWide(Series::x);
    boolean wideY = isWide(Series::y);
    styler.setXAxisLogarithmic(!wideX);
    styler.setYAxisLogarithmic(!wideY);
    styler.setXAxisTickLabelsFormattingFunction(wideX ? LogChart::power : ChartLook::label);
    styler.setYAxisTickLabelsFormattingFunction(wideY ? LogChart::power : ChartLook::label);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendLayout(Styler.LegendLayout.Vertical);
    styler.setMarkerSize(6);
    if (!series.isEmpty()) {
      DoubleSummaryStatistics xs = summary(Series::x);
      DoubleSummaryStatistics ys = summary(Series::y);
      styler.setXAxisMin(place(decade(xs.getMin(), false), wideX));
      styler.setXAxisMax(place(decade(xs.getMax(), true), wideX));
      styler.setYAxisMin(place(decade(ys.getMin(), false), wideY));
      styler.setYAxisMax(place(decade(ys.getMax(), true), wideY));
    }
    for (int i = 0; i < series.size(); i++) {
      Series line = series.get(i);
      XYSeries drawn =
          chart.addSeries(line.name(), places(line.x(), wideX), places(line.y(), wideY));
      Color color = ChartLook.color(i);
      drawn.setLineColor(color);
      drawn.setMarkerColor(color);
      drawn.setMarker(
          line.marked() && line.x().length <= MOST_MARKS ? marker(i) : SeriesMarkers.NONE);
      drawn.setLineStyle(
          new BasicStroke(
              LINE_WIDTH,
              BasicStroke.CAP_BUTT,
              BasicStroke.JOIN_ROUND,
              1,
              DASHES[i % DASHES.length],
              0));
    }
    return ChartLook.svg(chart, id);
  }

  private static Marker marker(int index) {
    return index < ChartLook.colors() ? SeriesMarkers.CIRCLE : SeriesMarkers.DIAMOND;
  }

  /** Whether an axis is to show exponents: it covers too many decades to rule each. */
  private boolean isWide(Function<Series, double[]> coordinate) {
    if (series.isEmpty()) {
      return false;
    }
    DoubleSummaryStatistics values = summary(coordinate);
    return values.getMax() / values.getMin() > MOST_RULED;
  }

  private static double[] places(double[] values, boolean wide) {
    return Arrays.stream(values).map(value -> place(value, wide)).toArray();
  }

  private static double place(double value, boolean wide) {
    return wide ? Math.log10(value) : value;
  }

  /** The label of an exponent; none between two powers of ten. */
  private static String power(double exponent) {
    return Math.abs(exponent - Math.rint(exponent)) < 1e-9
        ? ChartLook.label(Math.pow(10, Math.rint(exponent)))
        : "";
  }

  private DoubleSummaryStatistics summary(Function<Series, double[]> coordinate) {
    return series.stream()
        .flatMapToDouble(line -> Arrays.stream(coordinate.apply(line)))
        .summaryStatistics();
  }

  /** The power of ten next to a number, which an axis labels. */
  static double decade(double number, boolean above) {
    double exponent = Math.log10(number);
    return Math.pow(10, above ? Math.ceil(exponent) : Math.floor(exponent));
  }
}
