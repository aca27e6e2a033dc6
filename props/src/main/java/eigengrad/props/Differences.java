package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Derivatives by finite differences, to judge gradients by, and how far results differ. */
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

  /** max |λ − λ'|/(n·max |λ|·u'); 0/0 = 0. */
  static double ofValues(double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          "expected " + expected.length + " eigenvalues, got " + actual.length);
    }
    double largestDifference = 0;
    for (int j = 0; j < expected.length; j++) {
      largestDifference = Math.max(largestDifference, Math.abs(expected[j] - actual[j]));
    }
    return largestDifference == 0 ? 0 : largestDifference / unit(expected, actual);
  }

  /** n·max |λ|·u' over both arrays. */
  static double unit(double[] values, double[] others) {
    double largest =
        DoubleStream.concat(DoubleStream.of(values), DoubleStream.of(others))
            .map(Math::abs)
            .max()
            .orElse(0);
    return Math.max(values.length * SpectralAccuracy.ULP * largest, Double.MIN_VALUE);
  }

  /** ‖X − Y‖_F/‖Y‖_F; 0/0 = 0. */
  static double ofMatrices(DenseMatrix expected, DenseMatrix actual) {
    if (expected.rows() != actual.rows() || expected.columns() != actual.columns()) {
      throw new AssertionError(
          "expected %d×%d, got %d×%d"
              .formatted(expected.rows(), expected.columns(), actual.rows(), actual.columns()));
    }
    double difference = expected.minus(actual).frobeniusNorm();
    return difference == 0 ? 0 : difference / expected.frobeniusNorm();
  }
}
