package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;
import eigengrad.linalg.DenseMatrix;

/**
 * A covariance to whiten and a loss, with the true gradient: the library's exact one in double,
 * whose own error is a multiple of u times the condition number.
 *
 * @param matrix M, ε included
 * @param cotangent S, symmetric
 * @param epsilon ε
 * @param truth ∂L/∂M of L = ⟨S, M^(−1/2)⟩
 */
record WhiteningSample(
    DenseMatrix matrix, DenseMatrix cotangent, double epsilon, DenseMatrix truth) {

  static WhiteningSample of(DenseMatrix matrix, DenseMatrix cotangent, double epsilon) {
    return new WhiteningSample(
        matrix, cotangent, epsilon, InverseRoot.WHOLE.exact(matrix, cotangent));
  }

  /** Whether a route is compared with the truth: all but the truth itself. */
  static boolean isMeasured(Route route, Precision precision) {
    return route != Route.EXACT || precision != Precision.FLOAT64;
  }

  /**
   * What a route makes of it. All eigenvectors are kept, but of those that power iteration finds
   * only the ones that deflation has not spoilt: others have no inverse root.
   */
  GradientError error(Route route, Precision precision, long seed) {
    Retention retention = route == Route.PI ? Retention.ABOVE_EPSILON : Retention.ALL;
    InverseRoot root = new InverseRoot(retention, epsilon);
    return GradientError.of(() -> route.gradient(root, matrix, cotangent, precision, seed), truth);
  }
}
