package eigengrad.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.svg.MeetOrSlice;
import org.jfree.svg.PreserveAspectRatio;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** What all charts have in common: size, fonts, colours, labels and the way to SVG. */
final class ChartLook {
  static final int WIDTH = 560;
  static final int HEIGHT = 340;

  /** After Okabe and Ito. */
  private static final List<Color> COLORS =
      IntStream.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x333333, 0x8A8A00)
          .mapToObj(Color::new)
          .toList();

  private static final String FONT = Font.SANS_SERIF;
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final Color GRID = new Color(0xE3, 0xE6, 0xEA);
  private static final MathContext LABEL_DIGITS = new MathContext(5);

  private ChartLook() {}

  /** A chart without lines. */
  static XYChart chart(String title, String xLabel, String yLabel) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xLabel)
            .yAxisTitle(yLabel)
            .build();
    style(chart.getStyler());
    return chart;
  }

  /** The colour of a series; after {@link #colors} they come again. */
  static Color color(int index) {
    return COLORS.get(index % COLORS.size());
  }

  /** How many colours there are. */
  static int colors() {
    return COLORS.size();
  }

  /** What charts of all kinds have in common. */
  static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartTitleFont(new Font(FONT, Font.BOLD, 15));
    styler.setAxisTitleFont(new Font(FONT, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 12));
    styler.setLegendFont(new Font(FONT, Font.PLAIN, 11));
    styler.setChartTitleBoxVisible(false);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendSeriesLineLength(22);
    styler.setMarkerSize(9);
    styler.setYAxisTickLabelsFormattingFunction(ChartLook::label);
  }

  /** The drawing, its ids unique in a document if {@code id} is. */
  static String svg(AxesChart<?, ?> chart, String id) {
    SVGGraphics2D canvas = new SVGGraphics2D(chart.getWidth(), chart.getHeight());
    canvas.setDefsKeyPrefix(id + "-");
    canvas.setGeomDoubleConverter(ChartLook::hundredths);
    chart.paint(canvas, chart.getWidth(), chart.getHeight());
    String svg =
        canvas.getSVGElement(
            id,
            true,
            new ViewBox(0, 0, chart.getWidth(), chart.getHeight()),
            PreserveAspectRatio.XMID_YMID,
            MeetOrSlice.MEET);
    return JoinedLines.join(svg);
  }

  private static String hundredths(double coordinate) {
    return Double.toString(Math.round(coordinate * 100) / 100.0);
  }

  static String label(double value) {
    if (value == 0) {
      return "0";
    }
    boolean plain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e5;
    return plain
        ? BigDecimal.valueOf(value).round(LABEL_DIGITS).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.0e", value);
  }
}
