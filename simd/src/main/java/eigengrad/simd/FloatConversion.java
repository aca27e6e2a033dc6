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
    widen(x.length, x, 0, y);
    return y;
  }

  /**
   * Some of the numbers as doubles, exactly.
   *
   * @param n how many
   * @param x any numbers
   * @param xOffset the first of them
   * @param y overwritten from its beginning
   */
  public static void widen(int n, float[] x, int xOffset, double[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = x[xOffset + i];
    }
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
    narrow(x.length, x, y, 0);
    return y;
  }

  /**
   * The nearest floats of the first numbers; NaN and infinity stay what they are.
   *
   * @param n how many
   * @param x any numbers
   * @param y overwritten
   * @param yOffset where the first is put
   * @throws ArithmeticException if a finite number is beyond the largest float, naming its place in
   *     y
   */
  public static void narrow(int n, double[] x, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = (float) x[i];
    }
    if (!(Kernels.level1().maxAbs(n, x, 0) < OVERFLOW)) {
      requireNoOverflow(n, x, yOffset);
    }
  }

  private static void requireNoOverflow(int n, double[] x, int first) {
    for (int i = 0; i < n; i++) {
      if (Math.abs(x[i]) >= OVERFLOW && Math.abs(x[i]) <= Double.MAX_VALUE) {
        throw new ArithmeticException(
            "element %d is %s, beyond the largest float: take the doubles"
                .formatted(first + i, x[i]));
      }
    }
  }
}
