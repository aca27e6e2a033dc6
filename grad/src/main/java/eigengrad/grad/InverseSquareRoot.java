package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/** A way to compute M^(−1/2) of covariances and to carry gradients back through it. */
sealed interface InverseSquareRoot permits SpectralInverseSquareRoot, EigenInverseSquareRoot {

  /**
   * W = M^(−1/2) of each group, or its part in the directions kept.
   *
   * @param covariances M, d×d, symmetric positive definite
   * @return the pass
   * @throws NonFiniteException if an eigenvalue that is needed is not positive
   */
  Pass forward(DenseMatrix[] covariances);

  /** W of each group and the way back from it. */
  interface Pass {
    /** W, d×d, symmetric. */
    DenseMatrix[] matrices();

    /** ∂L/∂M, d×d, exactly symmetric, from sym(∂L/∂W). */
    DenseMatrix[] backward(DenseMatrix[] symmetricCotangents);
  }

  /** One group's W and the way back from it. */
  interface SinglePass {
    /** W, d×d, symmetric. */
    DenseMatrix matrix();

    /** ∂L/∂M, d×d, exactly symmetric, from sym(∂L/∂W). */
    DenseMatrix backward(DenseMatrix symmetricCotangent);
  }

  /** Groups one after the other. */
  record EachAlone(SinglePass[] groups) implements Pass {
    static Pass of(DenseMatrix[] covariances, Function<DenseMatrix, SinglePass> forward) {
      return new EachAlone(Stream.of(covariances).map(forward).toArray(SinglePass[]::new));
    }

    @Override
    public DenseMatrix[] matrices() {
      return Stream.of(groups).map(SinglePass::matrix).toArray(DenseMatrix[]::new);
    }

    @Override
    public DenseMatrix[] backward(DenseMatrix[] symmetricCotangents) {
      DenseMatrix[] gradients = new DenseMatrix[groups.length];
      Arrays.setAll(gradients, g -> groups[g].backward(symmetricCotangents[g]));
      return gradients;
    }
  }

  /**
   * 1/√λ of an eigenvalue that is kept.
   *
   * @throws NonFiniteException if λ is not positive
   */
  static double of(double value) {
    if (!(value > 0)) {
      throw noRoot(value, "keep fewer by Retention.ABOVE_EPSILON, or raise epsilon");
    }
    return 1 / Math.sqrt(value);
  }

  /**
   * Checks the spectrum of a covariance.
   *
   * @throws NonFiniteException if the smallest eigenvalue is not positive
   */
  static void requirePositive(double smallest, double largest) {
    if (!(smallest > 0)) {
      throw noRoot(smallest, "raise epsilon by " + Ridge.enough(smallest, largest));
    }
  }

  private static NonFiniteException noRoot(double value, String advice) {
    return new NonFiniteException(
        "an eigenvalue of a covariance is "
            + value
            + ", which has no inverse square root: "
            + advice);
  }
}
