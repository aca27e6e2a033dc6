package eigengrad.grad.roots;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.Scaling;

/**
 * A symmetric positive definite matrix, checked and brought near 1 by an even power of two: what
 * iterations start from, so that neither a norm nor its inverse over- or underflows.
 *
 * @param matrix 4^k·A, exactly symmetric, its largest element from 1/2 to 2
 * @param half multiplication by 2^k: what to undo for a square root, and to repeat for its inverse
 */
record ScaledDefinite(DenseMatrix matrix, Scaling half) {

  /**
   * Checks and scales.
   *
   * @throws IllegalArgumentException if A is empty, not square, not finite, not symmetric or not
   *     positive definite
   */
  static ScaledDefinite of(DenseMatrix a) {
    a.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance());
    int k = Math.floorDiv(Scaling.of(a).exponent(), 2);
    Scaling whole = new Scaling(2 * k);
    DenseMatrix scaled = whole.apply(a).symmetricPart();
    CholeskyFactor.of(scaled, whole);
    return new ScaledDefinite(scaled, new Scaling(k));
  }

  /** Multiplication by 4^k. */
  Scaling scaling() {
    return new Scaling(2 * half.exponent());
  }

  /** 4^k·A divided by its Frobenius norm: its eigenvalues lie in (0, 1]. */
  DenseMatrix unit() {
    return matrix.times(1 / norm());
  }

  /** ‖4^k·A‖_F. */
  double norm() {
    return matrix.frobeniusNorm();
  }
}
