package eigengrad.linalg;

/**
 * A matrix of a batch that was not solved.
 *
 * @param index which, counted from 0
 * @param cause what {@link SymmetricEigen} throws for it: {@link IllegalArgumentException} if it is
 *     not finite or not symmetric, {@link EigenConvergenceException} if the solver failed, another
 *     {@link ArithmeticException} if an eigenvalue exceeds the largest double
 */
public record BatchFailure(int index, RuntimeException cause) {

  /** As an exception of the kind of the cause that names the matrix. */
  RuntimeException toException() {
    String message = "matrix " + index + " of the batch: " + cause.getMessage();
    if (cause instanceof IllegalArgumentException) {
      return new IllegalArgumentException(message, cause);
    }
    ArithmeticException exception =
        cause instanceof EigenConvergenceException failure
            ? new EigenConvergenceException(message, failure)
            : new ArithmeticException(message);
    exception.initCause(cause);
    return exception;
  }
}
