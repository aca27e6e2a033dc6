package eigengrad.bench.paper;

import eigengrad.grad.paper.Precision;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The results as CSV, numbers with all their digits. */
final class RunTables {
  private RunTables() {}

  /** One row per finished run. */
  static void writeRuns(List<RunResult> results, Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
    csv.printRecord(
        "run",
        "layer",
        "method",
        "size",
        "terms",
        "precision",
        "seed",
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
      Layer layer = run.layer();
      Route route = layer.route();
      csv.printRecord(
          run.word(),
          layer.kind(),
          route == null ? "" : route.method().label(),
          layer.size(),
          route != null && route.method().hasTerms() ? route.terms() : "",
          route == null ? Precision.FLOAT64 : route.precision(),
          run.seed(),
          run.steps(),
          result.losses().steps(),
          run.schedule().batch(),
          run.schedule().learningRate(),
          result.errorPercent(),
          result.largestGradient(),
          result.failure(),
          result.seconds());
    }
  }

  /** One row per point of a finished run's losses: the mean from one step to another. */
  static void writeLosses(List<RunResult> results, Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
    csv.printRecord("run", "first_step", "last_step", "loss");
    for (RunResult result : results) {
      LossCurve losses = result.losses();
      for (int p = 0; p < losses.points().length; p++) {
        csv.printRecord(
            result.settings().word(), losses.firstStep(p), losses.lastStep(p), losses.points()[p]);
      }
    }
  }
}
