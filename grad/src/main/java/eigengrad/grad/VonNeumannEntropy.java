package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;

/**
 * The von Neumann entropy of a correlation matrix R, n×n, and its gradient: a measure of how many
 * independent variables there are.
 *
 * <p>With ρ = R/n, whose eigenvalues are ≥ 0 and add up to 1, S = −tr ρ log ρ: log n for
 * uncorrelated variables, 0 when all are one. −λ log λ is 0 at λ = 0 but its slope there is
 * infinite, so the logarithm gets a small ε:
 *
 * <pre>f(λ) = −λ log(λ + ε),   f′(λ) = −log(λ + ε) − λ/(λ + ε).</pre>
 *
 * <p>This lowers S by at most nε, stays finite at zero eigenvalues and at those that rounding has
 * made slightly negative, and bounds the slope by −log ε: a variable that repeats another gets a
 * finite gradient away from it. Exact at repeated eigenvalues, as every {@link SpectralFunction}.
 * For a density matrix ρ give nρ. Cost: a decomposition and 7n³ flops.
 *
 * @param value S, in nats
 * @param gradient ∂S/∂R, n×n symmetric
 */
public record VonNeumannEntropy(double value, DenseMatrix gradient) {

  /**
   * The entropy of a correlation matrix.
   *
   * @param correlation R, n×n symmetric with unit diagonal, n ≥ 1; not modified
   * @param epsilon ε &gt; 0, greater than rounding errors in the eigenvalues of R/n: 1e-12 does
   * @return the entropy and its gradient
   * @throws IllegalArgumentException if R is empty, not square, not finite or not symmetric, or ε
   *     is not positive and finite
   * @throws NonFiniteException if an eigenvalue of R/n is −ε or less
   * @throws ArithmeticException if an eigenvalue exceeds the largest double
   */
  public static VonNeumannEntropy of(DenseMatrix correlation, double epsilon) {
    if (!(epsilon > 0 && epsilon <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("epsilon must be positive and finite, got " + epsilon);
    }
    int n = correlation.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance()).rows();
    if (n == 0) {
      throw new IllegalArgumentException("correlation must have at least one variable, got 0×0");
    }
    SpectralFunction entropy =
        SpectralFunction.of(
            "the entropy",
            x -> -x * Math.log(x + epsilon),
            x -> -Math.log(x + epsilon) - x / (x + epsilon));
    SpectralFunction.Pass pass = entropy.forward(correlation.times(1.0 / n));
    DenseMatrix gradient = pass.backward(DenseMatrix.identity(n).times(1.0 / n));
    return new VonNeumannEntropy(pass.trace(), gradient);
  }
}
