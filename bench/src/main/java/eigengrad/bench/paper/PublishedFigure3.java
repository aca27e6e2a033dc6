package eigengrad.bench.paper;

import java.util.Map;

/** Mean errors read from the paper's Figure 3: PCA denoising with the paper's gradient. */
final class PublishedFigure3 {
  private static final Map<Double, Double> BY_ENERGY =
      Map.of(0.85, 5.60, 0.90, 5.05, 0.95, 4.67, 0.99, 4.63, 0.995, 4.72, 1.0, 4.81);
  private static final Map<Integer, Double> BY_VECTORS =
      Map.of(2, 5.09, 4, 4.82, 8, 4.64, 16, 4.63, 32, 4.65);

  private PublishedFigure3() {}

  static ErrorFigures atEnergy(double fraction) {
    return mean(BY_ENERGY.getOrDefault(fraction, Double.NaN));
  }

  static ErrorFigures withVectors(int k) {
    return mean(BY_VECTORS.getOrDefault(k, Double.NaN));
  }

  private static ErrorFigures mean(double error) {
    return new ErrorFigures(Double.NaN, error, Double.NaN, Double.NaN);
  }
}
