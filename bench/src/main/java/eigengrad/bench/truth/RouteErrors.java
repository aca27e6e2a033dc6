package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a route made of several draws.
 *
 * @param route of the gradients
 * @param precision they were computed in
 * @param draws one at least
 */
record RouteErrors(Route route, Precision precision, List<GradientError> draws) {
  RouteErrors {
    draws = List.copyOf(draws);
    if (draws.isEmpty()) {
      throw new IllegalArgumentException("draws must not be empty");
    }
  }

  /** How many draws have no finite gradient. */
  int gone() {
    return (int) draws.stream().filter(GradientError::gone).count();
  }

  /** The median relative error; ∞ where most draws have no gradient, which counts as ∞. */
  double medianError() {
    return median(GradientError::relative);
  }

  /** The median size; ∞ where most draws have no gradient, which counts as ∞. */
  double medianSize() {
    return median(GradientError::size);
  }

  /** The largest relative error of the draws that have a gradient; NaN if none has. */
  double largestError() {
    return draws.stream()
        .mapToDouble(GradientError::relative)
        .filter(error -> !Double.isNaN(error))
        .max()
        .orElse(Double.NaN);
  }

  /** How many draws have no gradient or a relative error beyond the limit. */
  int beyond(double limit) {
    return (int) draws.stream().filter(draw -> !(draw.relative() <= limit)).count();
  }

  private double median(ToDoubleFunction<GradientError> figure) {
    double[] sorted = draws.stream().mapToDouble(figure).sorted().toArray();
    double median = sorted[sorted.length / 2]; // NaN sorts last
    return Double.isNaN(median) ? Double.POSITIVE_INFINITY : median;
  }

  /** The figures of all columns of {@link ErrorTable}. */
  List<Object> row() {
    return Arrays.asList(
        route.label(),
        precision,
        draws.size(),
        gone(),
        medianError(),
        largestError(),
        beyond(1),
        medianSize());
  }
}
