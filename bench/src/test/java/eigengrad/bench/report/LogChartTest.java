package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LogChartTest {

  @Test
  void svg_linesAndPoints_areDrawnInTheirColours() {
    LogChart chart = new LogChart("title", "n", "time");
    chart.add("line", new double[] {4, 8, 1024}, new double[] {1, 2, 3000});
    String one = chart.svg("id");
    assertTrue(one.contains("rgb(0,114,178)"), one);
    assertFalse(one.contains("rgb(213,94,0)"), one);
    chart.addPoint("point", 5, 5);
    assertTrue(chart.svg("id").contains("rgb(213,94,0)"));
  }

  @Test
  void add_coordinateThatHasNoLogarithm_isRefused() {
    LogChart chart = new LogChart("title", "n", "time");
    assertThrows(IllegalArgumentException.class, () -> chart.addPoint("zero", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> chart.addPoint("NaN", 1, Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> chart.add("none", new double[0], new double[0]));
    assertThrows(
        IllegalArgumentException.class, () -> chart.add("short", new double[2], new double[1]));
  }

  @Test
  void add_pointsWithoutNumber_areLeftOutAndWithThemALineWithoutPoints() {
    LogChart chart = new LogChart("title", "n", "time");
    chart.add("none", List.of(1, 2), n -> n, n -> Double.NaN);
    assertFalse(chart.svg("id").contains("rgb(0,114,178)"));
    chart.add("some", List.of(1, 2, 4), n -> n, n -> n == 2 ? Double.NaN : n);
    LogChart expected = new LogChart("title", "n", "time");
    expected.add("some", new double[] {1, 4}, new double[] {1, 4});
    assertEquals(expected.svg("id"), chart.svg("id"));
    assertThrows(
        IllegalArgumentException.class, () -> chart.add("zero", List.of(1), n -> n, n -> 0));
  }

  @Test
  void decade_anyNumber_isThePowerOfTenBesideIt() {
    assertEquals(1, LogChart.decade(8, false));
    assertEquals(10, LogChart.decade(8, true));
    assertEquals(100, LogChart.decade(100, true));
    assertEquals(0.01, LogChart.decade(0.04, false), 1e-15);
  }

  @Test
  void svg_manyDecades_isRuledSparsely() {
    LogChart narrow = new LogChart("narrow", "x", "y");
    narrow.add("line", new double[] {1e-3, 1}, new double[] {1e-3, 1});
    LogChart wide = new LogChart("wide", "x", "y");
    wide.add("line", new double[] {1e-18, 1e-9, 1}, new double[] {1e-16, 1, 1e2});
    String svg = wide.svg("a");
    assertTrue(svg.length() < 2 * narrow.svg("a").length(), "a line and a label for each decade");
  }
}
