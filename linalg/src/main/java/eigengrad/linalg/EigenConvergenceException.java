package eigengrad.linalg;

/** The tridiagonal solver did not converge within the iterations it was allowed. */
public final class EigenConvergenceException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /** How many off-diagonal elements did not vanish. */
  private final int unconverged;

  /** The largest of them, relative to the matrix's largest element. */
  private final double largestOffDiagonal;

  /**
   * Describes a failure.
   *
   * @param unconverged off-diagonal elements that did not vanish
   * @param largestOffDiagonal the largest of them, relative to the matrix's largest element
   * @param maxIterations iterations allowed for each eigenvalue
   */
  public EigenConvergenceException(int unconverged, double largestOffDiagonal, int maxIterations) {
    super(
        unconverged
            + " off-diagonal elements did not converge, the largest is "
            + largestOffDiagonal
            + " of the matrix's largest element, after "
            + maxIterations
            + " iterations an eigenvalue: raise EigenOptions.maxIterations");
    this.unconverged = unconverged;
    this.largestOffDiagonal = largestOffDiagonal;
  }

  /** The same failure in other words. */
  EigenConvergenceException(String message, EigenConvergenceException same) {
    super(message);
    this.unconverged = same.unconverged;
    this.largestOffDiagonal = same.largestOffDiagonal;
  }

  /**
   * How many off-diagonal elements did not vanish.
   *
   * @return a count ≥ 1
   */
  public int unconverged() {
    return unconverged;
  }

  /**
   * The largest of them.
   *
   * @return its magnitude relative to the matrix's largest element
   */
  public double largestOffDiagonal() {
    return largestOffDiagonal;
  }
}
