package eigengrad.bench.paper;

import eigengrad.bench.report.LineStyle;
import java.util.Map;
import java.util.Objects;

/**
 * How a method is drawn and explained. The paper's proposal is the solid line and drawn first:
 * where losses are equal, the dashes of the others still show over it.
 */
final class MethodLook {
  private static final Map<Method, LineStyle> STYLES =
      Map.of(
          Method.SVD, LineStyle.VERMILLION,
          Method.PI, LineStyle.GREEN,
          Method.OURS, LineStyle.BLUE);

  private static final Map<Method, String> MEANINGS =
      Map.of(
          Method.SVD, "exact eigenvectors, analytic gradient: divides by gaps between eigenvalues",
          Method.PI, "power iteration forward and backward: bounded, but inaccurate eigenvectors",
          Method.OURS, "exact eigenvectors, gradient of the power iteration: the paper's proposal");

  private MethodLook() {}

  static LineStyle style(Method method) {
    return Objects.requireNonNull(STYLES.get(method));
  }

  static String meaning(Method method) {
    return Objects.requireNonNull(MEANINGS.get(method));
  }
}
