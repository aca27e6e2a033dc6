package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;

/** A way to compute M^(−1/2) of a covariance and to carry gradients back through it. */
sealed interface InverseSquareRoot permits SpectralInverseSquareRoot, EigenInverseSquareRoot {

  /**
   * W = M^(−1/2), or its part in the directions kept.
   *
   * @param covariance M, d×d, symmetric positive definite
   * @return the pass
   * @throws NonFiniteException if an eigenvalue that is needed is not positive
   */
  Pass forward(DenseMatrix covariance);

  /** W and the way back from it. */
  interface Pass {
    /** W, d×d, symmetric. */
    DenseMatrix matrix();

    /** ∂L/∂M, d×d, exactly symmetric, from sym(∂L/∂W). */
    DenseMatrix backward(DenseMatrix symmetricCotangent);
  }

  /**
   * 1/√λ.
   *
   * @throws NonFiniteException if λ is not positive
   */
  static double of(double value) {
    if (!(value > 0)) {
      throw new NonFiniteException(
          "an eigenvalue of a covariance is "
              + value
              + ", which has no inverse square root: raise epsilon");
    }
    return 1 / Math.sqrt(value);
  }
}
