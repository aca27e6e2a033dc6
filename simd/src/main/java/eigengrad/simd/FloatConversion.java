package eigengrad.simd;

/**
 * Conversion between {@code float} and {@code double}: loops that the compiler vectorises by
 * itself, with the same bits on every kernel set.
 */
public final class FloatConversion {
  /** Halfway from the largest float to the power of two beyond it: rounds to infinity. */
  private static final double OVERFLOW = 0x1.ffffffp127;

  private FloatConversion() {}

  /**
   * The same numbers as doubles, exactly.
   *
   * @param x any numbers
   * @return as many
   */
  public static double[] widen(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  /**
   * The nearest floats; NaN and infinity stay what they are.
   *
   * @param x any numbers
   * @return as many
   * @throws ArithmeticException if a finite number is beyond the largest float
   */
  public static float[] narrow(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) x[i];
    }
    if (!(Kernels.level1().maxAbs(x.length, x, 0) < OVERFLOW)) {
      requireNoOverflow(x);
    }
    return y;
  }

  private static void requireNoOverflow(double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (Math.abs(x[i]) >= OVERFLOW && Math.abs(x[i]) <= Double.MAX_VALUE) {
        throw new ArithmeticException(
            "element %d is %s, beyond the largest float: take the doubles".formatted(i, x[i]));
      }
    }
  }
}
