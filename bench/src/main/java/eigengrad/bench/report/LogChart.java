package eigengrad.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines and points on two logarithmic axes, drawn as SVG. */
public final class LogChart {
  /** After Okabe and Ito; dashes and markers keep apart lines that share one. */
  private static final List<Integer> COLORS =
      List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x333333, 0x8A8A00);

  private static final float[][] DASHES = {{1, 0}, {7, 3}, {2, 2}};
  private static final float LINE_WIDTH = 1.8f;

  /** A line, or a point by itself. */
  @SuppressWarnings("ArrayRecordComponent") // only read
  private record Series(String name, double[] x, double[] y) {}

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

  /**
   * What it shows.
   *
   * @return the title
   */
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
    for (int i = 0; i < Math.max(x.length, 1); i++) {
      if (x.length == 0 || x.length != y.length || !(x[i] > 0 && y[i] > 0)) {
        throw new IllegalArgumentException(name + " needs points with positive coordinates");
      }
    }
    series.add(new Series(name, x.clone(), y.clone()));
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

  /**
   * The drawing.
   *
   * @param id the element's id, unique in its document
   * @return an {@code svg} element
   */
  public String svg(String id) {
    XYChart chart = ChartLook.chart(title, xLabel, yLabel);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(ChartLook::label);
    for (int i = 0; i < series.size(); i++) {
      Series line = series.get(i);
      XYSeries drawn = chart.addSeries(line.name(), line.x(), line.y());
      Color color = new Color(COLORS.get(i % COLORS.size()));
      drawn.setLineColor(color);
      drawn.setMarkerColor(color);
      drawn.setMarker(i < COLORS.size() ? SeriesMarkers.CIRCLE : SeriesMarkers.DIAMOND);
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
}
