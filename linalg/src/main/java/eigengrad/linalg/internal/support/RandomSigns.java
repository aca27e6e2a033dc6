package eigengrad.linalg.internal.support;

/** Signs that nothing but chance agrees with, the same every time. */
public final class RandomSigns {
  private RandomSigns() {}

  /**
   * Writes signs.
   *
   * @param n how many
   * @param x its first n elements are overwritten by 1 and −1
   */
  public static void fill(int n, double[] x) {
    long random = 1;
    for (int i = 0; i < n; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      x[i] = random < 0 ? -1 : 1;
    }
  }
}
