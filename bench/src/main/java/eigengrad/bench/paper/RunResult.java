package eigengrad.bench.paper;

import org.jspecify.annotations.Nullable;

/**
 * What came of one training run.
 *
 * @param settings what was run
 * @param losses training loss after each step taken, the failing one included
 * @param errorPercent share of test images misclassified at the end; NaN for a failed run
 * @param largestGradient largest magnitude in any parameter's gradient before the run ended
 * @param failure what was not finite and where, or null for a run that reached its end
 * @param seconds wall time of the run
 */
public record RunResult(
    RunSettings settings,
    double[] losses,
    double errorPercent,
    double largestGradient,
    @Nullable String failure,
    double seconds) {

  /**
   * Whether every loss and gradient was finite.
   *
   * @return true for a run that reached its end
   */
  public boolean succeeded() {
    return failure == null;
  }
}
