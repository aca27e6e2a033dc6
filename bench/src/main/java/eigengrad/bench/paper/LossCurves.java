package eigengrad.bench.paper;

import eigengrad.bench.report.LineChart;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The training losses of one group size as a chart. A point is the mean of a few steps in a row, so
 * that long runs stay readable; a failed run ends in a cross.
 */
final class LossCurves {
  private static final int MOST_POINTS = 60;

  /** Losses beyond are drawn here: an exploding one must not squeeze all others into a line. */
  static final double HIGHEST = 1000;

  /** Losses below are drawn here, since zero has no place on a logarithmic axis. */
  static final double LOWEST = 1e-6;

  private LossCurves() {}

  /** How many steps a point stands for. */
  static int stepsPerPoint(int steps) {
    return Math.max(1, (steps + MOST_POINTS - 1) / MOST_POINTS);
  }

  /**
   * The chart of one group size.
   *
   * @param groupSize the paper's d
   * @param runs of this group size
   */
  static LineChart chart(int groupSize, List<RunResult> runs) {
    LineChart chart =
        new LineChart(
            "d = " + groupSize,
            "optimiser step",
            "training loss (cross-entropy)",
            runs.stream().mapToInt(run -> run.settings().steps()).max().orElse(1),
            "failed here");
    double start = medianFirstLoss(runs);
    List<RunResult> bottomUp =
        runs.stream().sorted(Comparator.comparing(LossCurves::methodOf).reversed()).toList();
    for (RunResult run : bottomUp) {
      chart.add(line(run, legend(run.settings().method(), runs), start));
    }
    return chart;
  }

  private static Method methodOf(RunResult run) {
    return run.settings().method();
  }

  private static String legend(Method method, List<RunResult> runs) {
    List<RunResult> all = runs.stream().filter(run -> run.settings().method() == method).toList();
    long failed = all.stream().filter(run -> !run.succeeded()).count();
    return method.label() + (failed == 0 ? "" : ", %d of %d failed".formatted(failed, all.size()));
  }

  /**
   * A run as a line; the cross of a run without a single finite loss lies at the given height.
   *
   * @param run with one loss at least
   * @param legend what the legend calls it
   * @param start where a run without finite losses is drawn
   */
  static LineChart.Line line(RunResult run, String legend, double start) {
    int width = stepsPerPoint(run.settings().steps());
    double[] losses = finitePrefix(run.losses());
    int points = (losses.length + width - 1) / width;
    double[] x = new double[points];
    double[] y = new double[points];
    for (int p = 0; p < points; p++) {
      int from = p * width;
      int to = Math.min(losses.length, from + width);
      x[p] = (from + 1 + to) / 2.0;
      double mean = Arrays.stream(losses, from, to).average().orElseThrow();
      y[p] = Math.clamp(mean, LOWEST, HIGHEST);
    }
    boolean nothing = points == 0;
    return new LineChart.Line(
        legend,
        MethodLook.style(run.settings().method()),
        nothing ? new double[] {1} : x,
        nothing ? new double[] {start} : y,
        !run.succeeded());
  }

  private static double[] finitePrefix(double[] losses) {
    int finite = 0;
    while (finite < losses.length && Double.isFinite(losses[finite])) {
      finite++;
    }
    return Arrays.copyOf(losses, finite);
  }

  private static double medianFirstLoss(List<RunResult> runs) {
    double[] first =
        runs.stream()
            .filter(run -> run.losses().length > 0)
            .mapToDouble(run -> run.losses()[0])
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return first.length == 0 ? 1 : Math.clamp(first[first.length / 2], LOWEST, HIGHEST);
  }
}
