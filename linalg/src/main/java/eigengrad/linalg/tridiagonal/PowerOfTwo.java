package eigengrad.linalg.tridiagonal;

import eigengrad.simd.Kernels;

/** Exact scaling. */
public final class PowerOfTwo {
  /** The largest whose power of two is a normal number, and the inverse, too. */
  private static final int LARGEST_STEP = 1022;

  private static final long BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  private PowerOfTwo() {}

  /**
   * The exponent of a number.
   *
   * @param x finite, not zero, subnormal or not
   * @return floor(log₂ |x|)
   */
  public static int exponentOf(double x) {
    return Math.abs(x) < Double.MIN_NORMAL
        ? Math.getExponent(x * 0x1p60) - 60
        : Math.getExponent(x);
  }

  /**
   * The exponent that brings a number into [1, 2).
   *
   * @param largest the number; nothing is to be done for 0
   * @return −floor(log₂ |x|), or 0 for 0
   */
  public static int toOne(double largest) {
    return largest == 0 ? 0 : -exponentOf(largest);
  }

  /**
   * x ← 2^exponent·x, rounded once, and only where an element becomes subnormal.
   *
   * @param n length, ≥ 0
   * @param exponent of any size
   * @param x updated
   * @param offset where x starts
   */
  public static void scale(int n, int exponent, double[] x, int offset) {
    // In equal steps: what one of them has rounded, the next makes zero.
    int steps = (Math.abs(exponent) + LARGEST_STEP - 1) / LARGEST_STEP;
    int left = exponent;
    for (int step = 0; step < steps; step++) {
      int part = left / (steps - step);
      double factor = Double.longBitsToDouble((part + BIAS) << MANTISSA_BITS);
      Kernels.active().scale(n, factor, x, offset);
      left -= part;
    }
  }
}
