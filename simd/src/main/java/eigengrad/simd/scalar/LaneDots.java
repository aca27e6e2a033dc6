package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

/**
 * Dot products summed lane by lane, as vectors sum them: each lane its own elements, then the lanes
 * folded, by four, by two, and the last two added.
 */
final class LaneDots {
  private LaneDots() {}

  /**
   * One accumulating vector.
   *
   * @param lanes 2, 4 or 8
   * @param n a multiple of it
   */
  static double dot(int lanes, int n, double[] x, int xOffset, double[] y, int yOffset) {
    return switch (lanes) {
      case 8 -> eightLanes(n, x, xOffset, y, yOffset);
      case 4 -> fourLanes(n, x, xOffset, y, yOffset);
      default -> twoLanes(n, x, xOffset, y, yOffset);
    };
  }

  private static double twoLanes(int n, double[] x, int xOffset, double[] y, int yOffset) {
    double s0 = 0;
    double s1 = 0;
    for (int i = 0; i < n; i += 2) {
      s0 = multiplyAdd(x[xOffset + i], y[yOffset + i], s0);
      s1 = multiplyAdd(x[xOffset + i + 1], y[yOffset + i + 1], s1);
    }
    return s0 + s1;
  }

  private static double fourLanes(int n, double[] x, int xOffset, double[] y, int yOffset) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int i = 0; i < n; i += 4) {
      s0 = multiplyAdd(x[xOffset + i], y[yOffset + i], s0);
      s1 = multiplyAdd(x[xOffset + i + 1], y[yOffset + i + 1], s1);
      s2 = multiplyAdd(x[xOffset + i + 2], y[yOffset + i + 2], s2);
      s3 = multiplyAdd(x[xOffset + i + 3], y[yOffset + i + 3], s3);
    }
    return (s0 + s2) + (s1 + s3);
  }

  private static double eightLanes(int n, double[] x, int xOffset, double[] y, int yOffset) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int i = 0; i < n; i += 8) {
      s0 = multiplyAdd(x[xOffset + i], y[yOffset + i], s0);
      s1 = multiplyAdd(x[xOffset + i + 1], y[yOffset + i + 1], s1);
      s2 = multiplyAdd(x[xOffset + i + 2], y[yOffset + i + 2], s2);
      s3 = multiplyAdd(x[xOffset + i + 3], y[yOffset + i + 3], s3);
      s4 = multiplyAdd(x[xOffset + i + 4], y[yOffset + i + 4], s4);
      s5 = multiplyAdd(x[xOffset + i + 5], y[yOffset + i + 5], s5);
      s6 = multiplyAdd(x[xOffset + i + 6], y[yOffset + i + 6], s6);
      s7 = multiplyAdd(x[xOffset + i + 7], y[yOffset + i + 7], s7);
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /**
   * Two accumulating vectors in turn, which are added before their lanes are.
   *
   * @param n a multiple of the lanes
   */
  static double pairedDot(int lanes, int n, double[] x, int xOffset, double[] y, int yOffset) {
    return paired(0, 1, lanes, n, x, xOffset, y, yOffset);
  }

  /**
   * Four accumulating vectors in turn, which are added, the first to the second and the third to
   * the fourth, before their lanes are.
   *
   * @param n a multiple of four times the lanes
   */
  static double unrolledDot(int lanes, int n, double[] x, int xOffset, double[] y, int yOffset) {
    return unrolled(0, 1, lanes, n, x, xOffset, y, yOffset);
  }

  // Lane after lane, each in a pass of its own: so many sums would not fit the registers.

  /** The sum of the lanes that lie a stride apart, a power of two. */
  private static double paired(
      int lane, int stride, int lanes, int n, double[] x, int xOffset, double[] y, int yOffset) {
    if (stride < lanes) {
      return paired(lane, 2 * stride, lanes, n, x, xOffset, y, yOffset)
          + paired(lane + stride, 2 * stride, lanes, n, x, xOffset, y, yOffset);
    }
    double even = 0;
    double odd = 0;
    int i = lane;
    for (; i + lanes < n; i += 2 * lanes) {
      even = multiplyAdd(x[xOffset + i], y[yOffset + i], even);
      odd = multiplyAdd(x[xOffset + i + lanes], y[yOffset + i + lanes], odd);
    }
    if (i < n) {
      even = multiplyAdd(x[xOffset + i], y[yOffset + i], even);
    }
    return even + odd;
  }

  private static double unrolled(
      int lane, int stride, int lanes, int n, double[] x, int xOffset, double[] y, int yOffset) {
    if (stride < lanes) {
      return unrolled(lane, 2 * stride, lanes, n, x, xOffset, y, yOffset)
          + unrolled(lane + stride, 2 * stride, lanes, n, x, xOffset, y, yOffset);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int i = lane; i < n; i += 4 * lanes) {
      int xi = xOffset + i;
      int yi = yOffset + i;
      s0 = multiplyAdd(x[xi], y[yi], s0);
      s1 = multiplyAdd(x[xi + lanes], y[yi + lanes], s1);
      s2 = multiplyAdd(x[xi + 2 * lanes], y[yi + 2 * lanes], s2);
      s3 = multiplyAdd(x[xi + 3 * lanes], y[yi + 3 * lanes], s3);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
