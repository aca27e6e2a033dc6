package eigengrad.linalg;

/**
 * A power of two that brings a matrix into the range where squares neither overflow nor lose
 * digits.
 *
 * @param exponent elements are multiplied by 2^exponent on the way in; 0 for most matrices
 */
record Scaling(int exponent) {
  /** Squares of anything between stay far from 2^±1022: √(underflow/u) and √(overflow·u). */
  private static final double SMALLEST = 1e-146;

  private static final double LARGEST = 1e146;

  static Scaling forLargest(double largest) {
    boolean inRange = largest == 0 || (largest >= SMALLEST && largest <= LARGEST);
    return new Scaling(inRange ? 0 : -exponentOf(largest));
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
    if (exponent != 0) {
      for (int i = 0; i < n; i++) {
        x[i] = shift(x[i], exponent);
      }
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
