package eigengrad.simd;

/**
 * The careful half of the Euclidean norm: taken when the plain sum of squares left the safe range.
 */
final class Norms {
  private Norms() {}

  /** ‖x‖₂ by scaling with a power of two near the largest magnitude. */
  static double scaled(int n, double[] x, int offset) {
    double largest = 0;
    boolean infinite = false;
    for (int i = 0; i < n; i++) {
      double magnitude = Math.abs(x[offset + i]);
      if (Double.isNaN(magnitude)) {
        return Double.NaN;
      }
      infinite |= magnitude == Double.POSITIVE_INFINITY;
      largest = Math.max(largest, magnitude);
    }
    if (largest == 0 || infinite) {
      return largest;
    }
    int exponent = Math.max(Math.getExponent(largest), Double.MIN_EXPONENT);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double scaled = Math.scalb(x[offset + i], -exponent);
      sum += scaled * scaled;
    }
    return Math.scalb(Math.sqrt(sum), exponent);
  }
}
