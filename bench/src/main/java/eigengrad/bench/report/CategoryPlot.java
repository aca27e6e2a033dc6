package eigengrad.bench.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Quantities of things that have names and no order, such as libraries: bars from zero, or dots on
 * a logarithmic axis, which has no zero.
 */
public final class CategoryPlot implements Chart {
  private static final int NAMES_ANGLE = 45;
  private static final double BAR_WIDTH = 0.7;

  /** In pixels: a name is left out where the next is nearer. */
  private static final int LEAST_SPACING = 10;

  private record Series(String name, List<Double> y) {}

  private final String title;
  private final String yLabel;
  private final List<String> names;
  private final boolean logarithmic;
  private final List<Series> series = new ArrayList<>();

  private CategoryPlot(String title, String yLabel, List<String> names, boolean logarithmic) {
    this.title = title;
    this.yLabel = yLabel;
    this.names = List.copyOf(names);
    this.logarithmic = logarithmic;
  }

  /**
   * Bars from zero, none yet.
   *
   * @param title above the plot
   * @param yLabel of the vertical axis, with its unit
   * @param names along the horizontal axis
   * @return the chart
   */
  public static CategoryPlot bars(String title, String yLabel, List<String> names) {
    return new CategoryPlot(title, yLabel, names, false);
  }

  /**
   * Dots on a logarithmic axis, none yet.
   *
   * @param title above the plot
   * @param yLabel of the vertical axis, with its unit
   * @param names along the horizontal axis
   * @return the chart
   */
  public static CategoryPlot dots(String title, String yLabel, List<String> names) {
    return new CategoryPlot(title, yLabel, names, true);
  }

  /**
   * Adds a quantity.
   *
   * @param name for the legend, different from the others
   * @param y a number for each name along the axis: not negative, and for dots positive
   * @throws IllegalArgumentException if there are more or fewer numbers than names, or one that
   *     cannot be drawn
   */
  public void add(String name, List<Double> y) {
    boolean drawable =
        y.stream().allMatch(v -> Double.isFinite(v) && (logarithmic ? v > 0 : v >= 0));
    if (y.size() != names.size() || names.isEmpty() || !drawable) {
      throw new IllegalArgumentException(
          "%s needs %d numbers that can be drawn, got %s".formatted(name, names.size(), y));
    }
    series.add(new Series(name, List.copyOf(y)));
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String svg(String id) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(ChartLook.WIDTH)
            .height(ChartLook.HEIGHT)
            .title(title)
            .yAxisTitle(yLabel)
            .build();
    style(chart.getStyler());
    for (int i = 0; i < series.size(); i++) {
      CategorySeries drawn = chart.addSeries(series.get(i).name(), names, series.get(i).y());
      Color color = ChartLook.color(i);
      drawn.setFillColor(color);
      drawn.setLineColor(color);
      drawn.setMarkerColor(color);
      drawn.setMarker(SeriesMarkers.CIRCLE);
    }
    return ChartLook.svg(chart, id);
  }

  private void style(CategoryStyler styler) {
    ChartLook.style(styler);
    styler.setXAxisLabelRotation(NAMES_ANGLE);
    styler.setAvailableSpaceFill(BAR_WIDTH);
    styler.setXAxisTickMarkSpacingHint(LEAST_SPACING);
    styler.setLegendVisible(series.size() > 1);
    if (logarithmic) {
      styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
      styler.setOverlapped(true);
      styler.setYAxisLogarithmic(true);
      DoubleSummaryStatistics all =
          series.stream()
              .flatMapToDouble(s -> s.y().stream().mapToDouble(y -> y))
              .summaryStatistics();
      styler.setYAxisMin(LogChart.decade(all.getMin(), false));
      styler.setYAxisMax(LogChart.decade(all.getMax(), true));
    } else {
      styler.setYAxisMin(0.0);
    }
  }
}
