package eigengrad.grad.internal.layers;

import eigengrad.grad.layers.ComponentCount;
import eigengrad.linalg.DenseMatrix;

/** How many components of a matrix are kept. */
public final class LeadingComponents {
  private LeadingComponents() {}

  /**
   * Checks that a matrix has as many components as are to be kept; returns its order.
   *
   * @throws IllegalArgumentException if it has fewer, or none
   */
  public static int require(DenseMatrix matrix, ComponentCount count) {
    if (matrix.rows() == 0) {
      throw new IllegalArgumentException(
          "matrix must have at least one row, got 0×" + matrix.columns());
    }
    count.require(matrix.rows());
    return matrix.rows();
  }

  /** How many of a matrix with these leading eigenvalues, largest first. */
  public static int count(ComponentCount count, double[] values, DenseMatrix matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.rows(); i++) {
      trace += matrix.get(i, i);
    }
    return count.of(values, trace);
  }
}
