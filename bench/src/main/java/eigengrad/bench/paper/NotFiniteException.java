package eigengrad.bench.paper;

/** A number that training needs is NaN or infinite: the run has failed. */
final class NotFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param what was not finite, as in "loss is NaN"
   */
  NotFiniteException(String what) {
    super(what);
  }
}
