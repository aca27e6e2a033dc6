package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionPlotTest {
  private static final PlotAxis LOG = PlotAxis.logarithmic("gap < 1", 1e-2, 1e2);
  private static final PlotAxis LINEAR = PlotAxis.linear("y", -1, 1);

  @Test
  void position_bothKinds_isTheShareOfTheAxis() {
    assertEquals(0.75, LOG.position(10), 1e-15);
    assertEquals(0.75, LINEAR.position(0.5), 1e-15);
    assertArrayEquals(new double[] {1e-2, 1, 1e2}, LOG.samples(3), 1e-13);
    assertArrayEquals(new double[] {-1, 0, 1}, LINEAR.samples(3));
  }

  @Test
  void ticks_powersOfTen_areWrittenAsPowers() {
    assertEquals(
        List.of("10⁻²", "10⁻¹", "1", "10", "100"),
        LOG.ticks().stream().map(PlotAxis.Tick::text).toList());
    assertEquals(
        List.of("10⁻¹²", "10⁻¹⁰"),
        PlotAxis.logarithmic("", 1e-12, 1e-1).ticks().stream()
            .map(PlotAxis.Tick::text)
            .limit(2)
            .toList());
    assertEquals("-0.6", LINEAR.ticks().get(1).text());
  }

  @Test
  void svg_curve_goesThroughItsPointsInsideTheAxesOnly() {
    FunctionPlot plot = new FunctionPlot("a & b", LOG, LINEAR);
    plot.add(5, "line", new double[] {1e-2, 1, 1e2}, new double[] {-1, 1, 50});
    String svg = plot.svg();
    // The plot reaches from (78, 40) to (490, 320).
    assertTrue(svg.contains("points=\"78.0,320.0 284.0,40.0 \""), svg);
    assertTrue(svg.contains("a &amp; b") && svg.contains("gap &lt; 1"), svg);
    assertFalse(svg.contains("NaN"), svg);
  }

  @Test
  void add_lookThatIsNot_isRefused() {
    FunctionPlot plot = new FunctionPlot("", LOG, LINEAR);
    double[] one = {1};
    assertThrows(IllegalArgumentException.class, () -> plot.add(6, "curve", one, one));
  }
}
