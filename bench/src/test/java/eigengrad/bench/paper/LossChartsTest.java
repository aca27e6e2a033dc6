package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.report.LineChart;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LossChartsTest {

  @Test
  void line_fewSteps_isEveryLoss() {
    RunResult run = Runs.success(Method.OURS, 4, 1, 5);
    LineChart.Line line = LossCharts.line(run, "Ours", 1);

    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, line.x());
    float[] losses = run.losses().points();
    assertArrayEquals(IntStream.range(0, 10).mapToDouble(i -> losses[i]).toArray(), line.y());
    assertFalse(line.endsInCross());
  }

  @Test
  void line_manySteps_averagesStepsInARow() {
    RunSettings run = new RunSettings(Runs.zca(Method.PI, 4), 1, new Schedule(120, 8, 0.1));
    double[] losses = new double[119];
    Arrays.setAll(losses, i -> 1 + i % 2);
    LineChart.Line line = LossCharts.line(Runs.failure(run, losses), "PI", 1);

    assertTrue(line.x().length == 60);
    assertArrayEquals(new double[] {1.5, 3.5}, Arrays.copyOf(line.x(), 2));
    assertArrayEquals(new double[] {1.5, 1}, Arrays.copyOfRange(line.y(), 58, 60));
    assertTrue(line.endsInCross());
  }

  @Test
  void line_noFiniteLoss_isACrossAtTheStart() {
    LineChart.Line line = LossCharts.line(Runs.failure(Method.SVD, 4, 1), "SVD", 2.3);

    assertArrayEquals(new double[] {1}, line.x());
    assertArrayEquals(new double[] {2.3}, line.y());
    assertTrue(line.endsInCross());
  }

  @Test
  void line_lossesOfExtremeSize_areDrawnAtTheLimits() {
    LineChart.Line line = LossCharts.line(Runs.failure(Method.SVD, 4, 1, 2, 1e300, 0), "SVD", 1);

    assertArrayEquals(new double[] {2, LossCharts.HIGHEST, LossCharts.LOWEST}, line.y());
  }

  @Test
  void chart_everyRunFailsAtOnce_isStillDrawn() {
    List<RunResult> runs = List.of(Runs.failure(Method.SVD, 4, 1), Runs.failure(Method.SVD, 4, 2));
    Xml.parse(LossCharts.chart("d = 4", runs).svg("plot"));
  }

  @Test
  void chart_lossesOfAllMagnitudes_areDrawn() {
    List<RunResult> runs =
        List.of(
            Runs.failure(Method.SVD, 4, 1, 2.3, 1e300), Runs.failure(Method.PI, 4, 1, 0, 1e-300));
    Xml.parse(LossCharts.chart("d = 4", runs).svg("plot"));
  }

  /** Text is drawn as outlines: lines are told apart by their colours. */
  @Test
  void chart_everyLook_isDrawn() {
    List<RunResult> runs = new ArrayList<>();
    for (Method method : Method.values()) {
      runs.add(Runs.success(method, 4, 1, 5));
    }
    RunSettings norm = new RunSettings(new Layer.BatchNorm(), 1, Runs.SCHEDULE);
    runs.add(Runs.success(norm, 5));
    String svg = LossCharts.chart("d = 4", runs).svg("plot");
    Set<Color> colours = new HashSet<>();
    for (RunResult run : runs) {
      Color colour = LayerLook.style(run.settings().layer()).color();
      assertTrue(colours.add(colour), () -> run.settings().text());
      String css = "rgb(%d,%d,%d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
      assertTrue(svg.contains("stroke:" + css), () -> run.settings().text());
    }
  }

  @Test
  void chart_solidLineGivenLast_isDrawnFirst() {
    List<RunResult> runs =
        List.of(Runs.success(Method.SVD, 4, 1, 5), Runs.success(Method.OURS, 4, 1, 5));
    String svg = LossCharts.chart("d = 4", runs).svg("plot");
    assertTrue(svg.indexOf("stroke:rgb(0,114,178)") < svg.indexOf("stroke:rgb(213,94,0)"));
  }
}
