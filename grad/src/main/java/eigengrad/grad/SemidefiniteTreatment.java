package eigengrad.grad;

import eigengrad.grad.internal.support.Arguments;

/**
 * What a {@link SpectralFunction} of a positive semidefinite A, n×n, makes of eigenvalues at 0 and
 * slightly below, where rounding puts those that are 0. {@link SpectralFunction.Pass#report} says
 * how many there were and how large.
 *
 * <table>
 * <caption>Treatments; ‖A‖ is the largest |λ|</caption>
 * <tr><th></th><th>f(A) has</th><th>refused</th><th>derivative</th></tr>
 * <tr><td>clamped</td><td>f(max(λ, 0))</td><td>λ &lt; −tol·‖A‖; f(0) infinite</td>
 *     <td>that for λ ≥ 0; where f′(0) is infinite, of what has no part within λ = 0</td></tr>
 * <tr><td>absolute ridge</td><td>f(λ + ε)</td><td>λ + ε outside the domain</td>
 *     <td>of every A</td></tr>
 * <tr><td>relative ridge</td><td>f(λ + ε·tr A/n)</td><td>the same</td>
 *     <td>of every A, that of the ridge included</td></tr>
 * <tr><td>pseudo</td><td>f(λ), and 0 where λ ≤ tol·‖A‖</td><td>λ &lt; −tol·‖A‖</td>
 *     <td>along matrices of the same rank</td></tr>
 * </table>
 */
public sealed interface SemidefiniteTreatment {

  /**
   * Negative eigenvalues count as 0.
   *
   * @param tolerance how far below 0 an eigenvalue may lie, relative to ‖A‖; such as {@link
   *     Gauge#tieTolerance}
   * @return the treatment
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  static SemidefiniteTreatment clamped(double tolerance) {
    return new Clamped(tolerance);
  }

  /**
   * A + εI for A.
   *
   * @param epsilon ε ≥ 0, finite
   * @return the treatment
   * @throws IllegalArgumentException if ε is negative, infinite or NaN
   */
  static SemidefiniteTreatment absoluteRidge(double epsilon) {
    return new AbsoluteRidge(epsilon);
  }

  /**
   * A + ε·(tr A/n)·I for A: relative to the mean eigenvalue, which has a derivative everywhere, as
   * the largest one has not.
   *
   * @param epsilon ε ≥ 0, finite
   * @return the treatment
   * @throws IllegalArgumentException if ε is negative, infinite or NaN
   */
  static SemidefiniteTreatment relativeRidge(double epsilon) {
    return new RelativeRidge(epsilon);
  }

  /**
   * f(0) := 0 on the numerical null space, as the pseudo-inverse has it. The derivative is that
   * along matrices of the same rank: a cotangent's part within the null space does not count, as
   * that of a covariance XXᵀ with fewer samples than features does not reach X; a direction that
   * has one, and so changes the rank, is refused.
   *
   * @param tolerance the largest magnitude that counts as 0, relative to ‖A‖; such as {@link
   *     Gauge#tieTolerance}
   * @return the treatment
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  static SemidefiniteTreatment pseudo(double tolerance) {
    return new Pseudo(tolerance);
  }

  /**
   * Negative eigenvalues count as 0.
   *
   * @param tolerance relative to ‖A‖
   */
  record Clamped(double tolerance) implements SemidefiniteTreatment {
    /**
     * Checks the tolerance.
     *
     * @throws IllegalArgumentException if it is negative, infinite or NaN
     */
    public Clamped {
      Arguments.requireTolerance("tolerance", tolerance);
    }
  }

  /**
   * A + εI.
   *
   * @param epsilon ε
   */
  record AbsoluteRidge(double epsilon) implements SemidefiniteTreatment {
    /**
     * Checks the ridge.
     *
     * @throws IllegalArgumentException if it is negative, infinite or NaN
     */
    public AbsoluteRidge {
      Arguments.requireTolerance("epsilon", epsilon);
    }
  }

  /**
   * A + ε·(tr A/n)·I.
   *
   * @param epsilon ε
   */
  record RelativeRidge(double epsilon) implements SemidefiniteTreatment {
    /**
     * Checks the ridge.
     *
     * @throws IllegalArgumentException if it is negative, infinite or NaN
     */
    public RelativeRidge {
      Arguments.requireTolerance("epsilon", epsilon);
    }
  }

  /**
   * f(0) := 0 on the numerical null space.
   *
   * @param tolerance relative to ‖A‖
   */
  record Pseudo(double tolerance) implements SemidefiniteTreatment {
    /**
     * Checks the tolerance.
     *
     * @throws IllegalArgumentException if it is negative, infinite or NaN
     */
    public Pseudo {
      Arguments.requireTolerance("tolerance", tolerance);
    }
  }
}
