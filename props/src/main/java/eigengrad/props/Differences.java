package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.function.ToDoubleFunction;

/** Derivatives by finite differences, to judge gradients by. */
public final class Differences {
  private Differences() {}

  /**
   * The derivative of a loss in a direction, by central differences of order four: off by about
   * h⁴L⁽⁵⁾/30 and u|L|/h.
   *
   * @param loss L
   * @param at where, m×n
   * @param direction m×n
   * @param h the step
   * @return (8(L(h) − L(−h)) − (L(2h) − L(−2h)))/(12h)
   */
  public static double directional(
      ToDoubleFunction<DenseMatrix> loss, DenseMatrix at, DenseMatrix direction, double h) {
    return (8 * rise(loss, at, direction, h) - rise(loss, at, direction, 2 * h)) / (12 * h);
  }

  private static double rise(
      ToDoubleFunction<DenseMatrix> loss, DenseMatrix at, DenseMatrix direction, double h) {
    return loss.applyAsDouble(at.plusScaled(h, direction))
        - loss.applyAsDouble(at.plusScaled(-h, direction));
  }

  /**
   * ⟨A, B⟩ = Σ aᵢⱼbᵢⱼ, what a gradient says of the derivative in a direction.
   *
   * @param a m×n
   * @param b m×n
   * @return the sum
   */
  public static double inner(DenseMatrix a, DenseMatrix b) {
    double sum = 0;
    for (int i = 0; i < a.columnMajor().length; i++) {
      sum += a.columnMajor()[i] * b.columnMajor()[i];
    }
    return sum;
  }
}
