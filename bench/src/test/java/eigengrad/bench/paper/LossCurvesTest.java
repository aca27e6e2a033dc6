package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.bench.report.LineChart;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LossCurvesTest {

  @Test
  void line_fewSteps_isEveryLoss() {
    RunResult run = Runs.success(Method.OURS, 4, 1, 5);
    LineChart.Line line = LossCurves.line(run, "Ours", 1);

    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, line.x());
    assertArrayEquals(run.losses(), line.y());
    assertFalse(line.endsInCross());
  }

  @Test
  void line_manySteps_averagesStepsInARow() {
    RunSettings settings =
        new RunSettings(Method.PI, 4, 1, 120, 8, 0.1, Precision.FLOAT64, Retention.ENERGY);
    double[] losses = {1, 3, 5, 7, 9, Double.NaN};
    LineChart.Line line =
        LossCurves.line(new RunResult(settings, losses, Double.NaN, 9, "loss", 1), "PI", 1);

    assertEquals(2, LossCurves.stepsPerPoint(120));
    assertArrayEquals(new double[] {1.5, 3.5, 5}, line.x());
    assertArrayEquals(new double[] {2, 6, 9}, line.y());
    assertTrue(line.endsInCross());
  }

  @Test
  void line_noFiniteLoss_isACrossAtTheStart() {
    LineChart.Line line = LossCurves.line(Runs.failure(Method.SVD, 4, 1, Double.NaN), "SVD", 2.3);

    assertArrayEquals(new double[] {1}, line.x());
    assertArrayEquals(new double[] {2.3}, line.y());
    assertTrue(line.endsInCross());
  }

  @Test
  void line_lossesOfExtremeSize_areDrawnAtTheLimits() {
    LineChart.Line line = LossCurves.line(Runs.failure(Method.SVD, 4, 1, 2, 1e300, 0), "SVD", 1);

    assertArrayEquals(new double[] {2, LossCurves.HIGHEST, LossCurves.LOWEST}, line.y());
  }

  @Test
  void chart_everyRunFailsAtOnce_isStillDrawn() {
    List<RunResult> runs =
        List.of(
            Runs.failure(Method.SVD, 4, 1, Double.NaN),
            Runs.failure(Method.SVD, 4, 2, Double.POSITIVE_INFINITY));
    Xml.parse(LossCurves.chart(4, runs).svg("plot"));
  }

  @Test
  void chart_lossesOfAllMagnitudes_areDrawn() {
    List<RunResult> runs =
        List.of(
            Runs.failure(Method.SVD, 4, 1, 2.3, 1e300, Double.NaN),
            Runs.failure(Method.PI, 4, 1, 0, 1e-300, Double.NaN));
    Xml.parse(LossCurves.chart(4, runs).svg("plot"));
  }
}
