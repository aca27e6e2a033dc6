package eigengrad.linalg;

import eigengrad.simd.Kernels;

/**
 * The power of two that brings the largest element of a matrix into [1, 2): there squares neither
 * overflow nor lose digits, and what is negligible can be told by its size.
 *
 * @param exponent elements are multiplied by 2^exponent on the way in
 */
record Scaling(int exponent) {
  static Scaling forLargest(double largest) {
    return new Scaling(largest == 0 ? 0 : -exponentOf(largest));
  }

  /** floor(log₂ x), right for subnormal x too. */
  private static int exponentOf(double x) {
    return x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p60) - 60 : Math.getExponent(x);
  }

  /** A scaled copy. */
  double[] apply(double[] x) {
    double[] scaled = x.clone();
    scale(scaled);
    return scaled;
  }

  /** In place. */
  void scale(double[] x) {
    if (exponent != 0) {
      Kernels kernels = Kernels.active();
      int half = exponent / 2;
      kernels.scale(x.length, Math.scalb(1.0, half), x, 0);
      kernels.scale(x.length, Math.scalb(1.0, exponent - half), x, 0);
    }
  }

  /** Back to the caller's scale, in place. */
  void undo(double[] x) {
    new Scaling(-exponent).scale(x);
  }

  /** In two halves: 2^exponent itself may not be a finite double; scalb clamps beyond ±2099. */
  static double shift(double x, int exponent) {
    int half = exponent / 2;
    return Math.scalb(Math.scalb(x, half), exponent - half);
  }
}
