package eigengrad.linalg;

import java.util.List;

/**
 * A matrix of a batch that was not solved.
 *
 * @param index which, counted from 0
 * @param cause what the solver of a single matrix throws for it: {@link IllegalArgumentException}
 *     if it is not finite or, of an eigenproblem, not symmetric, {@link EigenConvergenceException}
 *     if the solver failed, another {@link ArithmeticException} if a value exceeds the largest
 *     double
 */
public record BatchFailure(int index, RuntimeException cause) {

  /** Throws what became of a matrix, if it is among the failures. */
  static void throwIfAmong(List<BatchFailure> failures, int b) {
    for (BatchFailure failure : failures) {
      if (failure.index() == b) {
        throw failure.toException();
      }
    }
  }

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
