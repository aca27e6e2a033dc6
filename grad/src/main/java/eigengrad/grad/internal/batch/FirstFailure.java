package eigengrad.grad.internal.batch;

import eigengrad.grad.NonFiniteException;
import org.jspecify.annotations.Nullable;

/** The failure of the matrix with the smallest index, whichever thread meets it first. */
public final class FirstFailure {
  private volatile int index = Integer.MAX_VALUE;
  private @Nullable RuntimeException cause;

  /** Whether a matrix before b has failed, so that b need not be looked at. */
  public boolean isBefore(int b) {
    return index < b;
  }

  public synchronized void add(int b, RuntimeException failure) {
    if (b < index) {
      index = b;
      cause = failure;
    }
  }

  /**
   * Throws it, if there is one.
   *
   * @throws IllegalArgumentException naming the matrix, if that was the cause
   * @throws NonFiniteException naming the matrix, for any other
   */
  public synchronized void throwIfAny() {
    if (cause == null) {
      return;
    }
    String message = "matrix " + index + " of the batch: " + cause.getMessage();
    RuntimeException named =
        cause instanceof IllegalArgumentException
            ? new IllegalArgumentException(message)
            : new NonFiniteException(message);
    named.initCause(cause);
    throw named;
  }
}
