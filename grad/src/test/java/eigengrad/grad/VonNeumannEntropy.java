package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;

/**
 * An example of a user's own {@link SpectralFunction}: the von Neumann entropy of a correlation
 * matrix, a measure of how many independent variables there are.
 *
 * <p>With ρ = R/n, whose eigenvalues are ≥ 0 and add up to 1, S = −tr ρ log ρ: log n for
 * uncorrelated variables, 0 when all are one. −λ log λ is 0 at λ = 0 but its slope there is
 * infinite, so the logarithm gets a small ε:
 *
 * <pre>f(λ) = −λ log(λ + ε),   f′(λ) = −log(λ + ε) − λ/(λ + ε).</pre>
 *
 * <p>This lowers S by at most nε, stays finite at zero eigenvalues and at those that rounding has
 * made slightly negative, and bounds the slope by −log ε: a variable that repeats another gets a
 * finite gradient away from it.
 *
 * @param value S
 * @param gradient ∂S/∂R, n×n symmetric
 */
record VonNeumannEntropy(double value, DenseMatrix gradient) {

  /**
   * The entropy of a correlation matrix.
   *
   * @param correlation R, n×n symmetric with unit diagonal, n ≥ 1
   * @param epsilon ε, greater than rounding errors in the eigenvalues of R/n: 1e-12 does
   */
  static VonNeumannEntropy of(DenseMatrix correlation, double epsilon) {
    int n = correlation.requireSymmetric(EigenOptions.DEFAULT.symmetryTolerance()).rows();
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
