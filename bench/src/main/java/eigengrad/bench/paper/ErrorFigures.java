package eigengrad.bench.paper;

import java.util.List;
import java.util.Locale;

/**
 * One cell of Table 1. Figures there are none of are NaN and read "-".
 *
 * @param min lowest test error of the successful runs in percent
 * @param mean of their test errors in percent
 * @param std sample standard deviation (n − 1) of their test errors in percent
 * @param successPercent share of the runs that were finite to the end
 */
record ErrorFigures(double min, double mean, double std, double successPercent) {
  private static final String NONE = "-";

  /** What is known of a cell without runs. */
  static final ErrorFigures UNKNOWN =
      new ErrorFigures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * The figures of some runs.
   *
   * @param runs all of one cell, failed ones included
   */
  static ErrorFigures of(List<RunResult> runs) {
    double[] errors =
        runs.stream().filter(RunResult::succeeded).mapToDouble(RunResult::errorPercent).toArray();
    if (runs.isEmpty()) {
      return UNKNOWN;
    }
    double successPercent = 100.0 * errors.length / runs.size();
    if (errors.length == 0) {
      return new ErrorFigures(Double.NaN, Double.NaN, Double.NaN, successPercent);
    }
    double min = errors[0];
    double sum = 0;
    for (double error : errors) {
      min = Math.min(min, error);
      sum += error;
    }
    double mean = sum / errors.length;
    return new ErrorFigures(min, mean, sampleStd(errors, mean), successPercent);
  }

  private static double sampleStd(double[] errors, double mean) {
    if (errors.length < 2) {
      return Double.NaN;
    }
    double squares = 0;
    for (double error : errors) {
      squares += (error - mean) * (error - mean);
    }
    return Math.sqrt(squares / (errors.length - 1));
  }

  String minText() {
    return text("%.2f", min);
  }

  /**
   * Mean and standard deviation.
   *
   * @param plusMinus the sign between them, as far as the reader's character set has one
   */
  String meanText(String plusMinus) {
    return text("%.2f", mean) + (Double.isNaN(std) ? "" : plusMinus + text("%.2f", std));
  }

  String successText() {
    return text(
        successPercent == Math.rint(successPercent) ? "%.0f %%" : "%.1f %%", successPercent);
  }

  private static String text(String format, double figure) {
    return Double.isNaN(figure) ? NONE : String.format(Locale.ROOT, format, figure);
  }
}
