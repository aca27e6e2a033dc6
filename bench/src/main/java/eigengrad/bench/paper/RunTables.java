package eigengrad.bench.paper;

import eigengrad.bench.report.Csv;
import java.io.IOException;
import java.util.List;

/** The results as CSV. */
final class RunTables {
  private RunTables() {}

  /** One row a finished run. */
  static void writeRuns(List<RunResult> results, Appendable out) throws IOException {
    Csv csv =
        new Csv(
            out,
            "method",
            "d",
            "seed",
            "precision",
            "kept",
            "steps_planned",
            "steps_taken",
            "batch",
            "learning_rate",
            "error_percent",
            "largest_gradient",
            "failure",
            "seconds");
    for (RunResult result : results) {
      RunSettings run = result.settings();
      csv.row(
          run.method().label(),
          run.groupSize(),
          run.seed(),
          run.precision(),
          run.retention(),
          run.steps(),
          result.losses().length,
          run.batch(),
          run.learningRate(),
          result.errorPercent(),
          result.largestGradient(),
          result.failure() == null ? "" : result.failure(),
          result.seconds());
    }
  }

  /** One row per step of a finished run. */
  static void writeLosses(List<RunResult> results, Appendable out) throws IOException {
    Csv csv = new Csv(out, "method", "d", "seed", "step", "loss");
    for (RunResult result : results) {
      RunSettings run = result.settings();
      double[] losses = result.losses();
      for (int step = 1; step <= losses.length; step++) {
        csv.row(run.method().label(), run.groupSize(), run.seed(), step, losses[step - 1]);
      }
    }
  }
}
