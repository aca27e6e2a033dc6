package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LineChartTest {

  @Test
  void label_valuesOfAllSizes_areShort() {
    assertEquals("0", ChartLook.label(0));
    assertEquals("2.25", ChartLook.label(2.25));
    assertEquals("100", ChartLook.label(100));
    assertEquals("0.001", ChartLook.label(0.001));
    assertEquals("1e+300", ChartLook.label(1e300));
    assertEquals("1e-09", ChartLook.label(1e-9));
    assertEquals("0.3", ChartLook.label(0.1 + 0.2));
  }

  @Test
  void svg_linesOfConstantHeight_areDrawn() {
    for (double y : new double[] {0, -3, 2.5}) {
      assertTrue(chart(y, y).svg("plot").contains("<polyline"));
    }
  }

  @Test
  void svg_id_isOnTheElementAndItsParts() {
    String svg = chart(1, 2).svg("plot");
    assertTrue(svg.startsWith("<svg id='plot'"), svg);
    assertTrue(svg.contains("clipPath id='plot-"), svg);
  }

  private static LineChart chart(double first, double last) {
    LineChart chart = new LineChart("title", "x", "y", 2, "cross");
    chart.add(
        new LineChart.Line(
            "group", LineStyle.BLUE, new double[] {1, 2}, new double[] {first, last}, true));
    return chart;
  }
}
