package eigengrad.bench.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;

/** A function of two variables with values from 0 to 1, as colours: a surface seen from above. */
public final class HeatMap implements Chart {
  /** From light to dark, also in grey. */
  private static final Color[] COLORS = {
    new Color(0xFFFFE5), new Color(0xFEC44F), new Color(0xCC4C02), new Color(0x3D1A02)
  };

  /** In pixels: a label is left out where the next is nearer. */
  private static final int LEAST_SPACING = 60;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final List<Number[]> cells;

  /**
   * An axis.
   *
   * @param label what it shows
   * @param values where the function is evaluated, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // only read
  public record Axis(String label, double[] values) {}

  private HeatMap(String title, Axis x, Axis y, List<Number[]> cells) {
    this.title = title;
    this.x = x;
    this.y = y;
    this.cells = cells;
  }

  /**
   * The picture of a function.
   *
   * @param title above it
   * @param x horizontal axis
   * @param y vertical axis
   * @param function with values from 0 to 1
   * @return the chart
   */
  public static HeatMap of(String title, Axis x, Axis y, DoubleBinaryOperator function) {
    List<Number[]> cells = new ArrayList<>();
    for (int i = 0; i < x.values().length; i++) {
      for (int j = 0; j < y.values().length; j++) {
        cells.add(new Number[] {i, j, function.applyAsDouble(x.values()[i], y.values()[j])});
      }
    }
    return new HeatMap(title, x, y, cells);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String svg(String id) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(ChartLook.WIDTH)
            .height(ChartLook.HEIGHT)
            .title(title)
            .xAxisTitle(x.label())
            .yAxisTitle(y.label())
            .build();
    HeatMapStyler styler = chart.getStyler();
    ChartLook.style(styler);
    styler.setRangeColors(COLORS);
    styler.setMin(0);
    styler.setMax(1);
    styler.setXAxisTickMarkSpacingHint(LEAST_SPACING);
    styler.setYAxisTickLabelsFormattingFunction(null); // labels are words here
    chart.addSeries("value", labels(x), labels(y), cells);
    return ChartLook.svg(chart, id);
  }

  private static List<String> labels(Axis axis) {
    return Arrays.stream(axis.values()).mapToObj(ChartLook::label).toList();
  }
}
