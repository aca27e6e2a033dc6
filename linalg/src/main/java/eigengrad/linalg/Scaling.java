package eigengrad.linalg;

import eigengrad.linalg.tridiagonal.PowerOfTwo;

/**
 * The power of two by which a matrix is scaled while it is worked on.
 *
 * @param exponent elements are multiplied by 2^exponent on the way in
 */
record Scaling(int exponent) {
  /** Room for eigenvalues 2²² times as large as the largest element: more than an order is. */
  private static final int LARGEST_EXPONENT = 1000;

  /** Brings the largest element into [1, 2): there squares neither overflow nor lose digits. */
  static Scaling toOne(double largest) {
    return new Scaling(PowerOfTwo.toOne(largest));
  }

  /**
   * Brings the largest element near the largest double, so that the smallest keep all their digits
   * beside it. Each uncoupled part of a matrix is then scaled to 1 by itself.
   */
  static Scaling belowOverflow(double largest) {
    return new Scaling(largest == 0 ? 0 : LARGEST_EXPONENT + PowerOfTwo.toOne(largest));
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
