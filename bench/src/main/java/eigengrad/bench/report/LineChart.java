package eigengrad.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Thin lines over a common horizontal axis, some of them ending in a cross, drawn as SVG. */
public final class LineChart {

  /**
   * From this ratio of the largest to the smallest value on, a linear axis hides the small; and a
   * power of ten, which is what a logarithmic axis labels, lies between them.
   */
  private static final double LOG_FROM_RATIO = 10;

  private static final Marker CROSS = new BoldCross();

  /**
   * One line.
   *
   * @param group lines of a group look alike and share an entry in the legend
   * @param style colour and dashes of the group
   * @param x ascending
   * @param y as long as x, finite
   * @param endsInCross whether the last point is marked with a cross
   */
  @SuppressWarnings("ArrayRecordComponent") // only read
  public record Line(String group, LineStyle style, double[] x, double[] y, boolean endsInCross) {}

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final double xMax;
  private final String crossLabel;
  private final List<Line> lines = new ArrayList<>();

  /**
   * A chart without lines.
   *
   * @param title above the plot
   * @param xLabel of the horizontal axis, with its unit
   * @param yLabel of the vertical axis, with its unit
   * @param xMax where the horizontal axis ends; it begins at 0
   * @param crossLabel what the legend says of a cross
   */
  public LineChart(String title, String xLabel, String yLabel, double xMax, String crossLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.xMax = xMax;
    this.crossLabel = crossLabel;
  }

  /**
   * Adds a line.
   *
   * @param line with one point at least
   */
  public void add(Line line) {
    lines.add(line);
  }

  /**
   * The drawing.
   *
   * @param id the element's id, unique in its document
   * @return an {@code svg} element
   */
  public String svg(String id) {
    XYChart chart = ChartLook.chart(title, xLabel, yLabel);
    style(chart.getStyler());
    Set<String> inLegend = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      addLine(chart, i, inLegend);
    }
    for (int i = 0; i < lines.size(); i++) {
      addCross(chart, i, inLegend);
    }
    unsettleSpacing(chart);
    return ChartLook.svg(chart, id);
  }

  /**
   * Adds a point that is not drawn. Equally spaced abscissae would all be candidates for a label,
   * and the labels no longer round numbers.
   */
  private void unsettleSpacing(XYChart chart) {
    XYSeries point =
        chart.addSeries("spacing", new double[] {xMax / Math.PI}, new double[] {smallest()});
    point.setMarker(SeriesMarkers.NONE);
    point.setShowInLegend(false);
  }

  private void addLine(XYChart chart, int index, Set<String> inLegend) {
    Line line = lines.get(index);
    XYSeries series = chart.addSeries("line " + index, line.x(), line.y());
    series.setLabel(line.group());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(line.style().color());
    series.setLineStyle(line.style().stroke());
    series.setShowInLegend(inLegend.add(line.group()));
  }

  private void addCross(XYChart chart, int index, Set<String> inLegend) {
    Line line = lines.get(index);
    if (!line.endsInCross()) {
      return;
    }
    int last = line.x().length - 1;
    XYSeries cross =
        chart.addSeries(
            "cross " + index, new double[] {line.x()[last]}, new double[] {line.y()[last]});
    cross.setLabel(crossLabel);
    cross.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    cross.setMarker(CROSS);
    cross.setMarkerColor(line.style().color());
    cross.setShowInLegend(inLegend.add(crossLabel));
  }

  private void style(XYStyler styler) {
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(xMax);
    double smallest = smallest();
    double largest = largest();
    styler.setYAxisLogarithmic(smallest > 0 && largest / smallest >= LOG_FROM_RATIO);
    if (smallest == largest) {
      double margin = smallest == 0 ? 1 : Math.abs(smallest) / 2;
      styler.setYAxisMin(smallest - margin);
      styler.setYAxisMax(largest + margin);
    }
  }

  private double smallest() {
    return ordinates().min().orElse(0);
  }

  private double largest() {
    return ordinates().max().orElse(0);
  }

  private DoubleStream ordinates() {
    return lines.stream().flatMapToDouble(line -> Arrays.stream(line.y()));
  }
}
