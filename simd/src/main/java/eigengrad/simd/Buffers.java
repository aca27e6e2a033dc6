package eigengrad.simd;

import java.util.Arrays;

/** Scratch arrays that are kept from solve to solve and replaced only where one is too short. */
public final class Buffers {
  /** A buffer that has not been needed yet: one for all, as there are a hundred to a solver. */
  public static final double[] NONE = {};

  /** Likewise of indices. */
  public static final int[] NO_INDICES = {};

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

  /**
   * A buffer of doubles for each worker.
   *
   * @param buffers kept so far
   * @param workers how many need one
   * @param length that each needs
   * @return the buffers themselves where they are enough and long enough
   */
  public static double[][] perWorker(double[][] buffers, int workers, int length) {
    double[][] result = buffers;
    if (buffers.length < workers) {
      result = Arrays.copyOf(buffers, workers);
      Arrays.fill(result, buffers.length, workers, NONE);
    }
    for (int worker = 0; worker < workers; worker++) {
      result[worker] = atLeast(result[worker], length);
    }
    return result;
  }

  /**
   * A length of whole vectors or strips.
   *
   * @param n length needed, ≥ 0
   * @param multiple ≥ 1
   * @return the least multiple that is not below n
   */
  public static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }
}
