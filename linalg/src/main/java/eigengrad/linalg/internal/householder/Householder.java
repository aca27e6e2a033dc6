package eigengrad.linalg.internal.householder;

import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The reflector H = I − τvvᵀ with Hx = βe₁: v = x − βe₁ with β = ∓‖x‖, and τ = 2/vᵀv = 1/(β(β −
 * x₁)).
 */
public final class Householder {
  /**
   * A vector whose squares add up to less is negligible, since max |a| is scaled to 1; with a
   * larger one nothing overflows, and no square of the norm times a τ underflows.
   */
  private static final double NEGLIGIBLE = 0x1p-500;

  private double tau;
  private double beta;

  /** To be used for any number of vectors, one after the other. */
  public Householder() {}

  /**
   * Makes the reflector of a vector.
   *
   * @param length of x, ≥ 1
   * @param x overwritten by v, or by zeros where all but the first element are negligible
   * @param offset where x starts
   */
  public void make(int length, double[] x, int offset) {
    double first = x[offset];
    double rest = Kernels.level1().dot(length - 1, x, offset + 1, x, offset + 1);
    if (rest <= NEGLIGIBLE) {
      Arrays.fill(x, offset, offset + length, 0);
      beta = first;
      tau = 0;
    } else {
      beta = -Math.copySign(Math.sqrt(first * first + rest), first);
      x[offset] = first - beta;
      tau = 1 / (beta * (beta - first));
    }
  }

  /**
   * The factor of the reflector.
   *
   * @return τ; 0 if it does nothing
   */
  public double tau() {
    return tau;
  }

  /**
   * What the reflector makes of the first element.
   *
   * @return β
   */
  public double beta() {
    return beta;
  }
}
