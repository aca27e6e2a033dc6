package eigengrad.grad.internal.support;

/** Checks of how often something is to be done. */
public final class Arguments {
  private Arguments() {}

  /**
   * Refuses a count below 1.
   *
   * @throws IllegalArgumentException naming it
   */
  public static void requirePositive(String name, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(name + " must be ≥ 1, got " + count);
    }
  }

  public static void requireTolerance(String name, double tolerance) {
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be ≥ 0 and finite, got " + tolerance);
    }
  }
}
