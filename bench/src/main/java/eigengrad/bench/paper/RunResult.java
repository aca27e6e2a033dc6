package eigengrad.bench.paper;

import org.jspecify.annotations.Nullable;

/**
 * What came of one training run.
 *
 * @param settings what was run
 * @param losses training losses
 * @param errorPercent share of test images misclassified at the end; NaN for a failed run
 * @param largestGradient largest magnitude in any parameter's gradient before the run ended
 * @param failure the step and what was not finite in it, or null for a run that reached its end
 * @param seconds wall time of the run
 */
record RunResult(
    RunSettings settings,
    LossCurve losses,
    double errorPercent,
    double largestGradient,
    @Nullable String failure,
    double seconds) {

  /** Whether every loss and gradient was finite. */
  boolean succeeded() {
    return failure == null;
  }
}
