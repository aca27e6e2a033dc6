package eigengrad.linalg;

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
}
