package eigengrad.linalg;

import eigengrad.linalg.tridiagonal.PowerOfTwo;

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

  /** A scaled copy of the whole source, in the first elements of the target. */
  void copy(double[] source, double[] target) {
    System.arraycopy(source, 0, target, 0, source.length);
    scale(source.length, target);
  }

  /** In place. */
  void scale(double[] x) {
    scale(x.length, x);
  }

  private void scale(int n, double[] x) {
    PowerOfTwo.scale(n, exponent, x, 0);
  }

  /** One figure, back to the caller's scale. */
  double undone(double x) {
    return shift(x, -exponent);
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
