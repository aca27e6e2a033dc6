package eigengrad.linalg.tridiagonal;

/** Scratch arrays that are kept from solve to solve and replaced only where one is too short. */
public final class Buffers {
  private Buffers() {}

  /**
   * A buffer of doubles.
   *
   * @param buffer kept so far
   * @param length needed
   * @return the buffer itself if it is long enough, else a new one; what it holds is arbitrary
   */
  public static double[] atLeast(double[] buffer, int length) {
    return buffer.length >= length ? buffer : new double[length];
  }

  /**
   * A buffer of indices.
   *
   * @param buffer kept so far
   * @param length needed
   * @return the buffer itself if it is long enough, else a new one; what it holds is arbitrary
   */
  public static int[] atLeast(int[] buffer, int length) {
    return buffer.length >= length ? buffer : new int[length];
  }
}
