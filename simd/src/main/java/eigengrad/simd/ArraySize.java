package eigengrad.simd;

/** Lengths of arrays that are products of sizes that a caller chose. */
public final class ArraySize {
  private ArraySize() {}

  /**
   * The number of elements, if an array can hold them.
   *
   * @param what has them, for the message
   * @param rows ≥ 0
   * @param columns ≥ 0
   * @param advice what to do if they are too many
   * @return rows·columns
   * @throws IllegalArgumentException if an array cannot hold them, with both sizes and the advice
   */
  public static int of(String what, long rows, long columns, String advice) {
    if (rows != 0 && columns > Integer.MAX_VALUE / rows) {
      throw new IllegalArgumentException(
          "%s must have at most %d elements, got %d×%d: %s"
              .formatted(what, Integer.MAX_VALUE, rows, columns, advice));
    }
    return (int) (rows * columns);
  }
}
