package eigengrad.grad;

import eigengrad.grad.internal.support.Arguments;

/**
 * What stands for 1/(λᵢ − λⱼ) in the gradient of eigenvectors: the one thing in which the methods
 * of the literature differ.
 *
 * <p>Every rule is exactly antisymmetric: {@code between(a, b, norm) == −between(b, a, norm)}. In a
 * tie the coefficient is therefore 0 under every rule: any other value would need a sign, which
 * would depend on the order in which a solver happens to deliver two eigenvalues that it cannot
 * tell apart. Two values tie if steps of at most {@link #tieTolerance} lead from one to the other;
 * a loss that does not depend on the basis within such a cluster needs no coefficient there. The
 * analytic rule, which nothing bounds, refuses one that does ({@link Gauge}).
 *
 * <p>Every tolerance is relative to ‖M‖₂, so that the gradient of cM is that of M divided by c.
 */
public sealed interface InverseGap {

  /**
   * The coefficient for two eigenvalues that do not tie.
   *
   * @param a λᵢ
   * @param b λⱼ
   * @param norm ‖M‖₂, the largest |λ|
   * @return the rule's substitute for 1/(a − b); where both are equal, 0 under a bounded rule and
   *     not finite under the analytic one
   * @throws IllegalArgumentException if the rule needs the norm, and it is negative or NaN
   */
  double between(double a, double b, double norm);

  /**
   * What the coefficient of a pair cannot exceed, however close its eigenvalues.
   *
   * @param leading the larger |λ| of the pair
   * @param norm ‖M‖₂, the largest |λ|
   * @return the bound; ∞ for the analytic rule
   */
  double bound(double leading, double norm);

  /**
   * How close two neighbouring eigenvalues must be to tie, relative to ‖M‖₂.
   *
   * @param n order of the matrix
   * @return {@link Gauge#tieTolerance} of n, unless {@link #withTieTolerance} chose another
   */
  default double tieTolerance(int n) {
    return Gauge.tieTolerance(n);
  }

  /**
   * The same rule with another tolerance for ties: a larger one for eigenvalues that are less
   * accurate than a solver's, 0 for those that are more accurate, so that only equal ones tie.
   *
   * @param tieTolerance the largest step between values that tie, relative to ‖M‖₂
   * @return the rule
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  default InverseGap withTieTolerance(double tieTolerance) {
    return new WithTieTolerance(this, tieTolerance);
  }

  /**
   * 1/(λᵢ − λⱼ) itself: exact, and unbounded where eigenvalues come close. It refuses losses that
   * depend on the basis within a tie.
   *
   * @return the rule
   */
  static InverseGap analytic() {
    return new Analytic();
  }

  /**
   * What K steps of power iteration from the exact vector give: bounded by K/|λᵢ|, λᵢ the larger in
   * magnitude.
   *
   * @param terms K ≥ 1; {@link TermCount} chooses it
   * @return the rule
   * @throws IllegalArgumentException if K &lt; 1
   */
  static InverseGap powerIteration(int terms) {
    return new PowerIteration(terms);
  }

  /**
   * The Taylor polynomial of 1/(1 − q) of degree K, q the ratio of the eigenvalues: the same sum as
   * K + 1 terms of power iteration, and returned as that. Bounded by (K + 1)/|λᵢ|.
   *
   * <p>Source: W. Wang et al., <i>Robust Differentiable SVD</i>, TPAMI 2021. The code published
   * with it has (K + 1)/λ on both sides of a tie, which is not antisymmetric; here a tie gives 0.
   *
   * @param degree K ≥ 1
   * @return the rule
   * @throws IllegalArgumentException if K &lt; 1
   */
  static InverseGap taylor(int degree) {
    if (degree < 1 || degree == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("degree K must be from 1 to 2³¹ − 2, got " + degree);
    }
    return new PowerIteration(degree + 1);
  }

  /**
   * A rational approximant of 1/(1 − q) of degree K, closer than the Taylor polynomial of the same
   * degree and with the same bound, (K + 1)/|λᵢ|.
   *
   * @param degree K ≥ 1
   * @return the rule
   * @throws IllegalArgumentException if K &lt; 1
   */
  static InverseGap pade(int degree) {
    return new Pade(degree);
  }

  /**
   * 1/(λᵢ − λⱼ) up to a limit.
   *
   * @param limit c &gt; 0: no coefficient exceeds c/‖M‖₂
   * @return the rule
   * @throws IllegalArgumentException if c is not positive and finite
   */
  static InverseGap clipped(double limit) {
    return new Clipped(limit);
  }

  /**
   * δ/(δ² + ε²‖M‖₂²) with δ = λᵢ − λⱼ: smooth, 0 at a tie, at most 1/(2ε‖M‖₂).
   *
   * @param epsilon ε &gt; 0, relative to ‖M‖₂
   * @return the rule
   * @throws IllegalArgumentException if ε is not positive and finite
   */
  static InverseGap lorentzian(double epsilon) {
    return new Lorentzian(epsilon);
  }

  /** The analytic rule. */
  record Analytic() implements InverseGap {
    @Override
    public double between(double a, double b, double norm) {
      return quotient(1, a, b);
    }

    @Override
    public double bound(double leading, double norm) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /**
   * The hybrid rule of <i>Backpropagation-Friendly Eigendecomposition</i>.
   *
   * <p>With |λᵢ| ≥ |λⱼ|, q = λⱼ/λᵢ and δ = λᵢ − λⱼ,
   *
   * <pre>(1/λᵢ)(1 + q + … + q^(K−1)) = (1 − q^K)/δ,</pre>
   *
   * which is 1/δ up to the relative error q^K and never exceeds K/|λᵢ|. It is computed as
   * −expm1(K·log1p(−δ/λᵢ))/δ, in which nothing cancels.
   *
   * @param terms K ≥ 1
   */
  record PowerIteration(int terms) implements InverseGap {
    /**
     * Checks K.
     *
     * @throws IllegalArgumentException if K &lt; 1
     */
    public PowerIteration {
      if (terms < 1) {
        throw new IllegalArgumentException("terms K must be ≥ 1, got " + terms);
      }
    }

    @Override
    public double between(double a, double b, double norm) {
      if (a == b) {
        return 0;
      }
      return Math.abs(a) >= Math.abs(b) ? series(a, b) : -series(b, a);
    }

    @Override
    public double bound(double leading, double norm) {
      return terms / leading;
    }

    private double series(double leading, double other) {
      if (other / leading >= 0) {
        double gap = leading - other;
        return -Math.expm1(terms * Math.log1p(-gap / leading)) / gap;
      }
      // q < 0: 1 − q^K is 1 + |q|^K for odd K; for even K it cancels only where |q| is near 1.
      double logRatio = Math.log1p((Math.abs(other) - Math.abs(leading)) / Math.abs(leading));
      return terms % 2 == 0
          ? quotient(-Math.expm1(terms * logRatio), leading, other)
          : quotient(1 + Math.exp(terms * logRatio), leading, other);
    }
  }

  /**
   * A two-point Padé approximant. With |λᵢ| ≥ |λⱼ| and q = λⱼ/λᵢ,
   *
   * <pre>(1/λᵢ) · (1 + q^K/K) / (1 − q + q^K/K)</pre>
   *
   * is a rational function with numerator and denominator of degree K. It agrees with the series of
   * 1/(1 − q) at q = 0 up to the term q^K, and has the value K + 1 at q = 1. Its relative error,
   * q^(K+1) / (K(1 − q) + q^K), is never greater than that of the Taylor polynomial, q^(K+1).
   *
   * <p>Conditions at q = 0 alone do not bound anything: every Padé approximant of the series of
   * 1/(1 − q) of denominator degree ≥ 1 is 1/(1 − q) itself, and what generic tools deliver in its
   * stead is rounding noise. After the idea of Y. Song et al., <i>Why Approximate Matrix Square
   * Root Outperforms Accurate SVD in Global Covariance Pooling?</i>, ICCV 2021, section 3.3.
   *
   * @param degree K ≥ 1
   */
  record Pade(int degree) implements InverseGap {
    /**
     * Checks K.
     *
     * @throws IllegalArgumentException if K &lt; 1
     */
    public Pade {
      if (degree < 1) {
        throw new IllegalArgumentException("degree K must be ≥ 1, got " + degree);
      }
    }

    @Override
    public double between(double a, double b, double norm) {
      if (a == b) {
        return 0;
      }
      return Math.abs(a) >= Math.abs(b) ? approximant(a, b) : -approximant(b, a);
    }

    @Override
    public double bound(double leading, double norm) {
      return (degree + 1.0) / leading;
    }

    private double approximant(double leading, double other) {
      double ratio = other / leading;
      double last = Math.pow(ratio, degree) / degree;
      double distance = ratio < 0 ? 1 - ratio : (leading - other) / leading;
      return (1 + last) / (distance + last) / leading;
    }
  }

  /**
   * sign(δ)·min(1/|δ|, c/‖M‖₂); 0 at an exact tie.
   *
   * @param limit c &gt; 0
   */
  record Clipped(double limit) implements InverseGap {
    /**
     * Checks c.
     *
     * @throws IllegalArgumentException if c is not positive and finite
     */
    public Clipped {
      requirePositive("limit", limit);
    }

    @Override
    public double between(double a, double b, double norm) {
      double most = bound(norm, norm);
      return a == b ? 0 : Math.clamp(quotient(1, a, b), -most, most);
    }

    @Override
    public double bound(double leading, double norm) {
      return limit / norm;
    }
  }

  /**
   * δ/(δ² + ε²‖M‖₂²), computed as 1/(δ + (ε‖M‖₂)²/δ) so that no square overflows.
   *
   * @param epsilon ε &gt; 0
   */
  record Lorentzian(double epsilon) implements InverseGap {
    /**
     * Checks ε.
     *
     * @throws IllegalArgumentException if ε is not positive and finite
     */
    public Lorentzian {
      requirePositive("epsilon", epsilon);
    }

    @Override
    public double between(double a, double b, double norm) {
      double scale = scale(a, b);
      double gap = scale * a - scale * b;
      double width = scale * epsilon * norm;
      return gap == 0 ? 0 : scale / (gap + width * (width / gap));
    }

    @Override
    public double bound(double leading, double norm) {
      return 0.5 / (epsilon * norm);
    }
  }

  /**
   * A rule with a tolerance of its own.
   *
   * @param rule what it is between values that do not tie
   * @param tieTolerance the largest step between values that tie, relative to ‖M‖₂
   */
  record WithTieTolerance(InverseGap rule, double tieTolerance) implements InverseGap {
    /**
     * Checks the tolerance.
     *
     * @throws IllegalArgumentException if it is negative, infinite or NaN
     */
    public WithTieTolerance {
      Arguments.requireTolerance("tieTolerance", tieTolerance);
      if (rule instanceof WithTieTolerance other) {
        rule = other.rule;
      }
    }

    @Override
    public double between(double a, double b, double norm) {
      return rule.between(a, b, norm);
    }

    @Override
    public double bound(double leading, double norm) {
      return rule.bound(leading, norm);
    }

    @Override
    public double tieTolerance(int n) {
      return tieTolerance;
    }
  }

  /** x/(a − b), where the difference may overflow. */
  private static double quotient(double x, double a, double b) {
    double scale = scale(a, b);
    return scale * x / (scale * a - scale * b);
  }

  /** 1, or ½ where a − b overflows. */
  private static double scale(double a, double b) {
    return Math.abs(a - b) <= Double.MAX_VALUE ? 1 : 0.5;
  }

  private static void requirePositive(String name, double x) {
    if (!(x > 0 && x <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be positive and finite, got " + x);
    }
  }
}
