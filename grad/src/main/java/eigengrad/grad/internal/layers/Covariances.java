package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;

/** Checks of covariances and their spectra. */
public final class Covariances {
  private Covariances() {}

  /**
   * Checks that matrices are of one order.
   *
   * @throws IllegalArgumentException if they are not, or are empty
   */
  public static void requireOneOrder(DenseMatrix[] covariances) {
    Cotangents.requireOneOrder(covariances);
    if (covariances.length > 0 && covariances[0].rows() == 0) {
      throw new IllegalArgumentException("covariances must have at least one row, got 0×0");
    }
  }

  /**
   * Checks that there is a cotangent for each group.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static void requireEach(int groups, DenseMatrix[] symmetricCotangents) {
    if (symmetricCotangents.length != groups) {
      throw new IllegalArgumentException(
          "symmetricCotangents must be %d matrices, one for each group, got %d"
              .formatted(groups, symmetricCotangents.length));
    }
  }

  /**
   * Checks a cotangent of W, d×d, which is itself computed.
   *
   * @throws IllegalArgumentException if it has another shape
   * @throws NonFiniteException if it is not finite
   */
  public static DenseMatrix requireCotangent(int d, DenseMatrix cotangent) {
    if (cotangent.rows() != d || cotangent.columns() != d) {
      throw new IllegalArgumentException(
          "symmetricCotangents must be %d×%d, got %d×%d"
              .formatted(d, d, cotangent.rows(), cotangent.columns()));
    }
    return Cotangents.finiteResult("∂L/∂W", d, cotangent.columnMajor());
  }

  /** What to say of an eigenvalue that is not positive. */
  public static NonFiniteException noInverseRoot(double eigenvalue, String advice) {
    return new NonFiniteException(
        "an eigenvalue of a covariance is "
            + eigenvalue
            + ", which has no inverse square root: "
            + advice);
  }
}
