package eigengrad.linalg;

/**
 * The vectors of a tridiagonal matrix were not found within {@link EigenOptions#maxIterations}: by
 * QL, or by inverse iteration for a range of clustered eigenvalues. Or those of a bidiagonal matrix
 * within {@link SvdOptions#maxIterations}.
 *
 * <p>Values alone do not depend on it: their search takes at most two sweeps per bit, and is
 * allowed 400.
 */
public final class EigenConvergenceException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /** How many off-diagonal elements did not vanish, or pairs were not found. */
  private final int unconverged;

  /** The largest off-diagonal element left, relative to the matrix's largest element. */
  private final double largestOffDiagonal;

  /**
   * Describes a failure.
   *
   * @param unconverged off-diagonal elements that did not vanish; after inverse iteration, the
   *     pairs that were wanted
   * @param largestOffDiagonal the largest off-diagonal element left, relative to the matrix's
   *     largest element
   * @param maxIterations iterations allowed per eigenvalue
   */
  public EigenConvergenceException(int unconverged, double largestOffDiagonal, int maxIterations) {
    super(
        unconverged
            + " off-diagonal elements did not converge, the largest is "
            + largestOffDiagonal
            + " of the matrix's largest element, after "
            + maxIterations
            + " iterations per eigenvalue: to find the vectors, raise EigenOptions.maxIterations");
    this.unconverged = unconverged;
    this.largestOffDiagonal = largestOffDiagonal;
  }

  /** Of a singular value decomposition. */
  static EigenConvergenceException ofSingularValues(int unconverged, int maxIterations) {
    return new EigenConvergenceException(
        unconverged
            + " singular values did not converge after "
            + maxIterations
            + " iterations per singular value: to find the vectors, raise"
            + " SvdOptions.maxIterations",
        new EigenConvergenceException(unconverged, 0, maxIterations));
  }

  /** The same failure in other words. */
  EigenConvergenceException(String message, EigenConvergenceException same) {
    super(message);
    this.unconverged = same.unconverged;
    this.largestOffDiagonal = same.largestOffDiagonal;
  }

  /**
   * How many off-diagonal elements did not vanish; after inverse iteration, how many pairs were
   * wanted.
   *
   * @return a count ≥ 1
   */
  public int unconverged() {
    return unconverged;
  }

  /**
   * The largest off-diagonal element left.
   *
   * @return its magnitude relative to the matrix's largest element
   */
  public double largestOffDiagonal() {
    return largestOffDiagonal;
  }
}
