package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import java.util.Arrays;

/** Results with known figures. */
final class Planted {
  private Planted() {}

  /** Draws of given relative errors, NaN for no gradient; each is larger than the truth by it. */
  static RouteErrors errors(Route route, Precision precision, double... relative) {
    return new RouteErrors(
        route,
        precision,
        Arrays.stream(relative).mapToObj(error -> new GradientError(error, 1 + error)).toList());
  }
}
