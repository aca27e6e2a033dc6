package eigengrad.bench.paper;

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
      csv.printRecord(
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
          result.failure(),
          result.seconds());
    }
  }

  /** One row per step of a finished run. */
  static void writeLosses(List<RunResult> results, Appendable out) throws IOException {
    CSVPrinter csv = new CSVPrinter(out, CSVFormat.RFC4180);
    csv.printRecord("method", "d", "seed", "step", "loss");
    for (RunResult result : results) {
      RunSettings run = result.settings();
      double[] losses = result.losses();
      for (int step = 1; step <= losses.length; step++) {
        csv.printRecord(run.method().label(), run.groupSize(), run.seed(), step, losses[step - 1]);
      }
    }
  }
}
