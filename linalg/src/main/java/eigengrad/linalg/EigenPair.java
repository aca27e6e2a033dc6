package eigengrad.linalg;

import java.util.Arrays;

/**
 * An eigenvalue and its unit eigenvector as an iteration found them, and how far it got.
 *
 * @param value the Rayleigh quotient vᵀAv
 * @param vector v, of Euclidean norm 1, its largest component positive
 * @param iterations products with A that were spent
 * @param residual ‖Av − λv‖₂
 * @param converged whether the residual fell to the tolerance times |λ|
 */
public record EigenPair(
    double value, double[] vector, int iterations, double residual, boolean converged) {
  private static final int PRINTED_COMPONENTS = 12;

  /** Keeps a copy of the vector. */
  public EigenPair {
    vector = vector.clone();
  }

  /**
   * The eigenvector.
   *
   * @return a copy of v
   */
  @Override
  public double[] vector() {
    return vector.clone();
  }

  /** The same bits in everything (so 0 and −0 differ, and NaN equals NaN). */
  @Override
  public boolean equals(Object other) {
    return other instanceof EigenPair that
        && Double.compare(value, that.value) == 0
        && Arrays.equals(vector, that.vector)
        && iterations == that.iterations
        && Double.compare(residual, that.residual) == 0
        && converged == that.converged;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(value) + Arrays.hashCode(vector);
  }

  /** Everything, but of a vector with many components their number alone. */
  @Override
  public String toString() {
    return "EigenPair[value="
        + value
        + ", vector="
        + (vector.length <= PRINTED_COMPONENTS
            ? Arrays.toString(vector)
            : vector.length + " components")
        + ", iterations="
        + iterations
        + ", residual="
        + residual
        + ", converged="
        + converged
        + "]";
  }
}
