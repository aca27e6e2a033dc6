package eigengrad.bench.truth;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import java.util.function.Supplier;

/**
 * A gradient beside the true one, in Frobenius norms.
 *
 * @param relative ‖gradient − truth‖ / ‖truth‖; NaN where there is no finite gradient
 * @param size ‖gradient‖ / ‖truth‖; NaN where there is no finite gradient
 */
record GradientError(double relative, double size) {
  static final GradientError GONE = new GradientError(Double.NaN, Double.NaN);

  /**
   * Compares a gradient.
   *
   * @param gradient computes it, or throws where it is not finite
   * @param truth of the same size, not 0
   */
  static GradientError of(Supplier<DenseMatrix> gradient, DenseMatrix truth) {
    try {
      DenseMatrix computed = gradient.get();
      double norm = truth.frobeniusNorm();
      double relative = computed.minus(truth).frobeniusNorm() / norm;
      double size = computed.frobeniusNorm() / norm;
      return Double.isFinite(relative) ? new GradientError(relative, size) : GONE;
    } catch (NonFiniteException e) {
      return GONE;
    }
  }

  boolean gone() {
    return Double.isNaN(relative);
  }
}
