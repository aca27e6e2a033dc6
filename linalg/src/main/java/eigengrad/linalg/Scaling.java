package eigengrad.linalg;

import eigengrad.linalg.internal.support.PowerOfTwo;

/**
 * Multiplication by a power of two, exact but for elements that become subnormal or overflow. The
 * one that brings the largest element of a matrix into [1, 2) makes everything computed from it
 * independent of its scale: there squares and products neither overflow nor lose digits, and what
 * is negligible can be told by its size.
 *
 * @param exponent elements are multiplied by 2^exponent on the way in
 */
public record Scaling(int exponent) {
  private static final int LARGEST = 1 << 14;

  /**
   * Checks the exponent.
   *
   * @throws IllegalArgumentException if it is beyond ±2¹⁴; beyond ±2098 all numbers but 0 over- or
   *     underflow
   */
  public Scaling {
    if (exponent < -LARGEST || exponent > LARGEST) {
      throw new IllegalArgumentException(
          "exponent must be within ±" + LARGEST + ", got " + exponent);
    }
  }

  /**
   * The one that brings the largest magnitude of a matrix into [1, 2).
   *
   * @param matrix finite
   * @return its scaling; by 1 if it is zero
   */
  public static Scaling of(DenseMatrix matrix) {
    return forLargest(matrix.maxAbs());
  }

  /**
   * The one that brings a magnitude into [1, 2).
   *
   * @param largest ≥ 0, finite
   * @return its scaling; by 1 for 0
   */
  public static Scaling forLargest(double largest) {
    return new Scaling(PowerOfTwo.toOne(largest));
  }

  /**
   * A scaled copy.
   *
   * @param matrix A
   * @return 2^exponent·A
   */
  public DenseMatrix apply(DenseMatrix matrix) {
    return DenseMatrix.wrap(matrix.rows(), matrix.columns(), apply(matrix.columnMajor()));
  }

  /**
   * A copy back at the caller's scale.
   *
   * @param matrix A
   * @return 2^−exponent·A
   */
  public DenseMatrix undo(DenseMatrix matrix) {
    return inverse().apply(matrix);
  }

  /**
   * A scaled copy.
   *
   * @param x numbers
   * @return 2^exponent·x
   */
  public double[] apply(double[] x) {
    double[] scaled = x.clone();
    scale(scaled);
    return scaled;
  }

  /**
   * One number, scaled.
   *
   * @param x number
   * @return 2^exponent·x
   */
  public double applied(double x) {
    return shift(x, exponent);
  }

  /**
   * One number, back at the caller's scale.
   *
   * @param x number
   * @return 2^−exponent·x
   */
  public double undone(double x) {
    return shift(x, -exponent);
  }

  /**
   * The scaling back.
   *
   * @return by 2^−exponent
   */
  public Scaling inverse() {
    return new Scaling(-exponent);
  }

  /** In place. */
  void scale(double[] x) {
    PowerOfTwo.scale(x.length, exponent, x, 0);
  }

  /** In two halves: 2^exponent itself may not be a finite double; scalb clamps beyond ±2099. */
  static double shift(double x, int exponent) {
    int half = exponent / 2;
    return Math.scalb(Math.scalb(x, half), exponent - half);
  }
}
