package eigengrad.grad;

/** A gradient that has no finite value under the rule it was asked for. */
public final class NonFiniteGradientException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes what is not finite.
   *
   * @param message where, and what to use instead
   */
  public NonFiniteGradientException(String message) {
    super(message);
  }
}
