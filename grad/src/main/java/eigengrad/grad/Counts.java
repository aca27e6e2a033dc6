package eigengrad.grad;

/** Checks of how often something is to be done. */
final class Counts {
  private Counts() {}

  /**
   * Refuses a count below 1.
   *
   * @throws IllegalArgumentException naming it
   */
  static void requirePositive(String name, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(name + " must be ≥ 1, got " + count);
    }
  }
}
