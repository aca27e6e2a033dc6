package eigengrad.linalg.internal.support;

/**
 * Splits 0 … size − 1 into neighbouring ranges of about equal length: by the size alone, so that
 * results do not depend on the number of threads.
 */
public final class Ranges {
  private Ranges() {}

  /**
   * How many ranges to make.
   *
   * @param size of the whole, ≥ 0
   * @param length that each range should have at least
   * @return size / length, but 1 at least
   */
  public static int count(int size, int length) {
    return Math.max(size / length, 1);
  }

  /**
   * Where a range starts, and the one before it ends.
   *
   * @param range 0 to count; for count, the end of the last
   * @param count how many ranges there are
   * @param size of the whole
   * @param multiple of which every start is one
   * @return the first index of the range
   */
  public static int start(int range, int count, int size, int multiple) {
    return range == count ? size : (int) ((long) size * range / count) / multiple * multiple;
  }
}
