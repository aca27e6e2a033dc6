package eigengrad.linalg.tridiagonal;

import eigengrad.simd.Kernels;

/** Exact scaling. */
public final class PowerOfTwo {
  private PowerOfTwo() {}

  /**
   * x ← 2^exponent·x, rounded once, and only where an element becomes subnormal.
   *
   * @param n length, ≥ 0
   * @param exponent from −2000 to 2000
   * @param x updated
   * @param offset where x starts
   */
  public static void scale(int n, int exponent, double[] x, int offset) {
    if (exponent != 0) {
      // In two halves where 2^exponent itself may not be a normal number.
      int first = Math.abs(exponent) <= 1000 ? 0 : exponent / 2;
      Kernels kernels = Kernels.active();
      if (first != 0) {
        kernels.scale(n, Math.scalb(1.0, first), x, offset);
      }
      kernels.scale(n, Math.scalb(1.0, exponent - first), x, offset);
    }
  }
}
