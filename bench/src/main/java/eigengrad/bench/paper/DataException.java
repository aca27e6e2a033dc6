package eigengrad.bench.paper;

/** Image files that are missing or not what they should be; the message is one line for a user. */
final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message file, what was expected and what was found
   */
  DataException(String message) {
    super(message);
  }

  /**
   * @param message file, what was expected and what was found
   * @param cause why it could not be read
   */
  DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
