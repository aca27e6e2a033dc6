package eigengrad.bench.jmh;

import eigengrad.linalg.DenseMatrix;

/** Closed forms that a result must agree with before it is timed. */
final class GradientCheck {
  private static final double TOLERANCE = 1e-10;

  private GradientCheck() {}

  /**
   * Requires the identity.
   *
   * @throws IllegalStateException if an element is off by more than rounding
   */
  static void requireIdentity(DenseMatrix matrix) {
    double error = matrix.minus(DenseMatrix.identity(matrix.rows())).maxAbs();
    if (!(error <= TOLERANCE)) {
      throw new IllegalStateException("the identity is off by " + error);
    }
  }
}
