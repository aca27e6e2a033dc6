package eigengrad.grad;

/**
 * What stands for 1/(λᵢ − λⱼ) in the gradient of eigenvectors: the one thing in which the methods
 * of the literature differ.
 *
 * <p>Every rule is exactly antisymmetric: {@code between(a, b) == −between(b, a)}.
 */
public sealed interface InverseGap {

  /**
   * The coefficient for two eigenvalues.
   *
   * @param a λᵢ
   * @param b λⱼ
   * @return the rule's substitute for 1/(a − b)
   */
  double between(double a, double b);

  /**
   * 1/(λᵢ − λⱼ) itself: exact, and unbounded where eigenvalues meet.
   *
   * @return the rule
   */
  static InverseGap analytic() {
    return new Analytic();
  }

  /**
   * What K steps of power iteration, started from the exact vector, give: bounded by K/|λᵢ|.
   *
   * @param terms K ≥ 1
   * @return the rule
   * @throws IllegalArgumentException if K &lt; 1
   */
  static InverseGap powerIteration(int terms) {
    return new PowerIteration(terms);
  }

  /** The analytic rule; ±∞ or NaN where the eigenvalues are equal. */
  record Analytic() implements InverseGap {
    @Override
    public double between(double a, double b) {
      return 1 / (a - b);
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
   * −expm1(K·log1p(−δ/λᵢ))/δ, in which nothing cancels. An exact tie gives 0: the sign of K/λᵢ
   * would depend on the order in which a solver happens to deliver two equal eigenvalues, and a
   * loss that has a gradient there does not see the difference.
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
    public double between(double a, double b) {
      if (a == b) {
        return 0;
      }
      return Math.abs(a) >= Math.abs(b) ? series(a, b) : -series(b, a);
    }

    private double series(double leading, double other) {
      double gap = leading - other;
      if (other / leading >= 0) {
        return -Math.expm1(terms * Math.log1p(-gap / leading)) / gap;
      }
      // q < 0: 1 − q^K is 1 + |q|^K for odd K; for even K it cancels only where |q| is near 1.
      double logRatio = Math.log1p((Math.abs(other) - Math.abs(leading)) / Math.abs(leading));
      return terms % 2 == 0
          ? -Math.expm1(terms * logRatio) / gap
          : (1 + Math.exp(terms * logRatio)) / gap;
    }
  }
}
