package eigengrad.grad.internal.svd;

import eigengrad.grad.Gauge;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.function.OddFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.internal.support.LowerTriangle;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;

/**
 * The derivative of X f(Σ) Yᵀ for the tall matrix XΣYᵀ, which is its own adjoint:
 *
 * <pre>E → X C Yᵀ + (I − XXᵀ) E Y f(Σ)Σ⁻¹ Yᵀ,   P = XᵀEY,
 * Cᵢⱼ = ½ f[σᵢ, σⱼ] (P + Pᵀ)ᵢⱼ + ½ f[σᵢ, −σⱼ] (P − Pᵀ)ᵢⱼ.</pre>
 *
 * <p>What has no finite coefficient must be 0 but for rounding. Cost: 8n³ flops for m = n, 8mn² for
 * m &gt; n.
 */
public final class SingularDifferential {
  private final OddFunction function;
  private final TallFactors factors;
  private final double[] images;
  private final int m;
  private final int n;

  /**
   * At a matrix.
   *
   * @param factors its factors; the last value may be negative, as far as f[a, −b] is defined there
   * @param images f(σ), n
   */
  public SingularDifferential(OddFunction function, TallFactors factors, double[] images) {
    this.function = function;
    this.factors = factors;
    this.images = images;
    this.m = factors.m();
    this.n = factors.n();
  }

  /**
   * Applies the derivative.
   *
   * @param name of the result, for messages
   * @param e E, of A's shape
   * @return of A's shape
   * @throws NonFiniteException if E has a part without a finite coefficient that is more than
   *     rounding, or the result is not finite
   */
  public DenseMatrix apply(String name, double[] e) {
    Gemm gemm = new Gemm();
    double[] image = factors.timesY(gemm, e);
    double[] core = factors.alongX(gemm, image);
    double[] other = DenseMatrix.wrap(n, n, core).transpose().toArray();
    double[] along = factors.isTall() ? core.clone() : core;
    double negligible = Gauge.ROUNDING * size(e);
    for (int j = 0; j < n; j++) {
      core[j + j * n] = weighed(between(j, j), core[j + j * n], negligible, j, j);
      for (int i = j + 1; i < n; i++) {
        int at = i + j * n;
        double symmetric = 0.5 * core[at] + 0.5 * other[at];
        double skew = 0.5 * core[at] - 0.5 * other[at];
        double both = weighed(between(j, i), symmetric, negligible, j, i);
        double opposite = weighed(opposite(j, i), skew, negligible, j, i);
        core[at] = both + opposite;
        other[at] = both - opposite;
      }
    }
    LowerTriangle.mirror(n, other, core, 0, n);
    if (!factors.isTall()) {
      return factors.timesYTransposed(gemm, name, factors.xTimes(gemm, core));
    }
    double[] beside = factors.besideX(gemm, image, along, 0);
    for (int j = 0; j < n; j++) {
      weighBeside(beside, j, negligible);
    }
    factors.addXTimes(gemm, core, beside);
    return factors.timesYTransposed(gemm, name, beside);
  }

  static double size(double[] e) {
    double norm = Kernels.level1().norm(e.length, e, 0);
    return norm <= Double.MAX_VALUE ? norm : Double.MAX_VALUE;
  }

  private void weighBeside(double[] beside, int j, double negligible) {
    double factor = isZero(j) ? function.slopeAtZero() : overArgument(j);
    if (Double.isFinite(factor)) {
      Kernels.level1().scaleOrClear(m, factor, beside, j * m);
    } else {
      weighed(factor, Kernels.level1().norm(m, beside, j * m), negligible, j, j);
      Kernels.level1().scaleOrClear(m, 0, beside, j * m);
    }
  }

  /** Whether σⱼ is 0 and f(σⱼ) as well; the polar factor has 1 there. */
  private boolean isZero(int j) {
    return factors.values()[j] == 0 && images[j] == 0;
  }

  private double overArgument(int j) {
    return function.overArgument(factors.values()[j], images[j]);
  }

  /** f[σᵢ, σⱼ] for i ≤ j. */
  private double between(int i, int j) {
    if (isZero(j)) {
      return isZero(i) ? function.slopeAtZero() : overArgument(i);
    }
    return function.between(factors.values()[i], factors.values()[j], images[i], images[j]);
  }

  /** f[σᵢ, −σⱼ] for i ≤ j. */
  private double opposite(int i, int j) {
    if (isZero(j)) {
      return between(i, j);
    }
    return function.opposite(factors.values()[i], factors.values()[j], images[i], images[j]);
  }

  private double weighed(double weight, double part, double negligible, int i, int j) {
    if (Double.isFinite(weight)) {
      return weight * part;
    }
    if (!(Math.abs(part) <= negligible)) {
      throw new NonFiniteException(
          "the derivative of "
              + function
              + " for singular values "
              + i
              + " and "
              + j
              + ", "
              + factors.values()[i]
              + " and "
              + factors.values()[j]
              + ", is "
              + weight
              + ", and the argument has a part of "
              + part
              + " there");
    }
    return 0;
  }
}
