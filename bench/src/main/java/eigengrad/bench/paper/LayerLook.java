package eigengrad.bench.paper;

import eigengrad.bench.report.LineStyle;

/**
 * How a layer is drawn and explained. The paper's proposal is the solid line and drawn first: where
 * losses are equal, the dashes of the others still show over it.
 */
final class LayerLook {
  private LayerLook() {}

  static LineStyle style(Layer layer) {
    Route route = layer.route();
    return route == null ? LineStyle.BLACK : style(route.method());
  }

  private static LineStyle style(Method method) {
    return switch (method) {
      case SVD -> LineStyle.VERMILLION;
      case PI -> LineStyle.GREEN;
      case OURS -> LineStyle.BLUE;
      case EXACT -> LineStyle.SKY;
      case PUBLISHED -> LineStyle.PURPLE;
      case PUBLISHED_SVD -> LineStyle.ORANGE;
    };
  }

  static String meaning(Layer layer) {
    Route route = layer.route();
    return route == null
        ? "every channel by itself, no eigenvectors: the baseline"
        : meaning(route.method());
  }

  private static String meaning(Method method) {
    return switch (method) {
      case SVD -> "exact eigenvectors, analytic gradient: divides by the gaps between eigenvalues";
      case PI ->
          "power iteration forward and backward: a bounded gradient, but inaccurate eigenvectors";
      case OURS -> "exact eigenvectors, gradient of the power iteration: the paper's proposal";
      case EXACT ->
          "the derivative of what the layer computes, without eigenvectors: what this library does"
              + " unless told otherwise";
      case PUBLISHED ->
          "exact eigenvectors, the analytic formula evaluated in the order of published code: one"
              + " tie spoils everything";
      case PUBLISHED_SVD ->
          "the same with the formula for singular vectors, which the paper's own code uses for its"
              + " SVD";
    };
  }
}
