package eigengrad.grad;

/**
 * A result that is not finite although the arguments were: a loss has no derivative where
 * eigenvalues tie, or something overflowed on the way.
 */
public final class NonFiniteException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes what is not finite.
   *
   * @param message where, and what to use instead
   */
  public NonFiniteException(String message) {
    super(message);
  }
}
