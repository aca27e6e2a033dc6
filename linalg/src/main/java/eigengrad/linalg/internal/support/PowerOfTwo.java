package eigengrad.linalg.internal.support;

import eigengrad.simd.Kernels;

/** Exact scaling. */
public final class PowerOfTwo {
  /** 2 to this power, and to its negative, are normal numbers. */
  private static final int LARGEST_STEP = 1000;

  /** By more than this every number but 0 over- or underflows. */
  private static final int LARGEST = 2200;

  /** The exponent of 1 in the bits of a double. */
  private static final long BIAS = 1023;

  private static final int MANTISSA_BITS = 52;

  private PowerOfTwo() {}

  /**
   * x ← 2^exponent·x, rounded once, and only where an element becomes subnormal.
   *
   * @param n length, ≥ 0
   * @param exponent any
   * @param x updated
   * @param offset where x starts
   */
  public static void scale(int n, int exponent, double[] x, int offset) {
    int left = Math.clamp(exponent, -LARGEST, LARGEST);
    // Even steps, so that only the last can make an element subnormal.
    for (int steps = (Math.abs(left) + LARGEST_STEP - 1) / LARGEST_STEP; steps > 0; steps--) {
      int step = left / steps;
      Kernels.level1().scale(n, Math.scalb(1.0, step), x, offset);
      left -= step;
    }
  }

  /**
   * A power of two.
   *
   * @param exponent −1022 to 1023
   * @return 2^exponent
   */
  public static double of(int exponent) {
    return Double.longBitsToDouble((exponent + BIAS) << MANTISSA_BITS);
  }

  /**
   * The exponent that brings a magnitude into [1, 2).
   *
   * @param largest ≥ 0, finite, maybe subnormal
   * @return −⌊log₂ largest⌋; 0 for 0
   */
  public static int toOne(double largest) {
    if (largest == 0) {
      return 0;
    }
    return largest < Double.MIN_NORMAL
        ? 60 - Math.getExponent(largest * 0x1p60)
        : -Math.getExponent(largest);
  }
}
