package eigengrad.grad.internal.whitening;

import eigengrad.grad.NonFiniteException;

/** The exception for an eigenvalue of a covariance that is not positive. */
public final class NoInverseRoot {
  private NoInverseRoot() {}

  public static NonFiniteException of(double eigenvalue, String advice) {
    return new NonFiniteException(
        "an eigenvalue of a covariance is "
            + eigenvalue
            + ", which has no inverse square root: "
            + advice);
  }
}
