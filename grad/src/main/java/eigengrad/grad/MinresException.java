package eigengrad.grad;

/**
 * The systems of {@link LeadingEigenGradient} were not solved within its products: an eigenvalue
 * that is not among the pairs is close to one that is.
 */
public final class MinresException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes a failure.
   *
   * @param message how far the iteration came
   */
  public MinresException(String message) {
    super(message);
  }
}
