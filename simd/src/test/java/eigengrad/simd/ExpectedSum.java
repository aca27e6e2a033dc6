package eigengrad.simd;

import static org.junit.jupiter.api.Assertions.fail;

/**
 * What a kernel's output element should be: Σ aᵢbᵢcᵢ in twice the working precision, with the error
 * a correct kernel may make.
 *
 * <p>The bound is (n + 4)·u·Σ|aᵢbᵢcᵢ|. A sum of n products in any order, with or without fused
 * operations, passes each product through at most n − 1 roundings of additions and one of its own;
 * α, β and the addition to the output cost one each, and the last covers terms of order u². The
 * reference's own error is below n·u²·Σ.
 *
 * <p>Source: N. J. Higham, <i>Accuracy and Stability of Numerical Algorithms</i> (2002), section
 * 3.1; T. Ogita, S. M. Rump and S. Oishi, <i>Accurate Sum and Dot Product</i>, SIAM J. Sci. Comput.
 * 26 (2005), algorithm 5.3.
 */
final class ExpectedSum {
  private static final double U = 0x1p-53;

  private double high;
  private double low;
  private double magnitude;
  private int terms;

  /** Adds a·b. */
  ExpectedSum add(double a, double b) {
    return add(a, b, 1);
  }

  /** Adds a·b·c. */
  ExpectedSum add(double a, double b, double c) {
    double ab = a * b;
    double abError = Math.fma(a, b, -ab);
    double product = ab * c;
    double productError = Math.fma(ab, c, -product) + abError * c;
    double sum = high + product;
    double shifted = sum - high;
    low += (high - (sum - shifted)) + (product - shifted) + productError;
    high = sum;
    magnitude += Math.abs(product);
    terms++;
    return this;
  }

  double value() {
    return high + low;
  }

  double bound() {
    return (terms + 4) * U * magnitude;
  }

  /** Fails unless {@code actual} lies within the bound; a NaN never does. */
  void assertMatches(double actual, String where) {
    double error = Math.abs((actual - high) - low);
    if (!(error <= bound())) {
      fail(where + ": expected " + value() + " ± " + bound() + ", got " + actual);
    }
  }
}
