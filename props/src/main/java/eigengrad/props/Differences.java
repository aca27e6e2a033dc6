package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SpectralAccuracy;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Dimensionless differences between two results that should agree. */
final class Differences {
  private Differences() {}

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

  /** Σ aᵢⱼbᵢⱼ. */
  static double inner(DenseMatrix a, DenseMatrix b) {
    double sum = 0;
    for (int i = 0; i < a.columnMajor().length; i++) {
      sum += a.columnMajor()[i] * b.columnMajor()[i];
    }
    return sum;
  }

  /** The derivative of a loss in a direction, by central differences of order four. */
  static double directional(
      ToDoubleFunction<DenseMatrix> loss, DenseMatrix at, DenseMatrix direction, double step) {
    double near =
        loss.applyAsDouble(at.plusScaled(step, direction))
            - loss.applyAsDouble(at.plusScaled(-step, direction));
    double far =
        loss.applyAsDouble(at.plusScaled(2 * step, direction))
            - loss.applyAsDouble(at.plusScaled(-2 * step, direction));
    return (8 * near - far) / (12 * step);
  }
}
