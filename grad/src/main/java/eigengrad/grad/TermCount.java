package eigengrad.grad;

/**
 * How many terms K the power-iteration rule needs.
 *
 * <p>For two eigenvalues of ratio q = λⱼ/λᵢ in [0, 1), |λᵢ| the larger, K terms give the
 * coefficient 1/(λᵢ − λⱼ) with relative error q^K and at most K/|λᵢ|: more terms, less bias and a
 * weaker bound.
 */
public final class TermCount {
  private TermCount() {}

  /**
   * The smallest K with q^K ≤ error.
   *
   * @param error the relative error wanted, in (0, 1)
   * @param ratio q, in [0, 1)
   * @return K ≥ 1
   * @throws IllegalArgumentException if an argument is out of range, or no int is large enough
   */
  public static int forRelativeError(double error, double ratio) {
    if (!(error > 0 && error < 1)) {
      throw new IllegalArgumentException("error must be in (0, 1), got " + error);
    }
    requireRatio(ratio);
    double estimate = Math.log(error) / Math.log(ratio);
    if (estimate >= Integer.MAX_VALUE - 1) {
      throw new IllegalArgumentException(
          "ratio " + ratio + " needs " + estimate + " terms for a relative error of " + error);
    }
    int terms = (int) Math.max(1, Math.ceil(estimate) - 1);
    while (relativeError(terms, ratio) > error) {
      terms++;
    }
    return terms;
  }

  /**
   * The relative error q^K of a coefficient.
   *
   * @param terms K ≥ 1
   * @param ratio q, in [0, 1)
   * @return q^K
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double relativeError(int terms, double ratio) {
    requireTerms(terms);
    requireRatio(ratio);
    return Math.pow(ratio, terms);
  }

  /**
   * The bound K/|λ| of a coefficient, which is also that of ‖∂L/∂M‖ for ∂L/∂v of norm 1. For M + εI
   * with a positive semidefinite M, λ = ε bounds every pair.
   *
   * @param terms K ≥ 1
   * @param value λ, the eigenvalue of larger magnitude
   * @return K/|λ|; ∞ for λ = 0, or where it exceeds the largest double
   * @throws IllegalArgumentException if K &lt; 1 or λ is not finite
   */
  public static double bound(int terms, double value) {
    requireTerms(terms);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite, got " + value);
    }
    return terms / Math.abs(value);
  }

  private static void requireTerms(int terms) {
    if (terms < 1) {
      throw new IllegalArgumentException("terms K must be ≥ 1, got " + terms);
    }
  }

  private static void requireRatio(double ratio) {
    if (!(ratio >= 0 && ratio < 1)) {
      throw new IllegalArgumentException("ratio must be in [0, 1), got " + ratio);
    }
  }
}
