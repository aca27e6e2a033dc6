package eigengrad.props;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.Gauge;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The analytic rule on ties that a solver's rounding has split. */
@AddLifecycleHook(ChosenSeed.class)
class TieProperties {

  /**
   * L = Σ wⱼ·vⱼᵀBvⱼ with one weight per eigenvalue is tr(B·f(M)) with f(λⱼ) = wⱼ: its gradient is
   * V(F ∘ (VᵀBV))Vᵀ, F the quotients of the weights, 0 within a tie.
   */
  @Property
  void backward_weightsOfRepeatedValues_isTheSpectralFunctionsGradient(
      @ForAll("repeated") GradientSample sample) {
    int n = sample.size();
    double[] values = sample.values();
    Eigendecomposition eigen = SymmetricEigen.decompose(sample.matrix());
    DenseMatrix v = eigen.vectors();
    DenseMatrix b = SymmetricMatrices.gaussian(n, n, sample.seed() + 3).symmetricPart();
    double[] weights = PrescribedSpectra.array(n, j -> Math.cos(3 * values[j]));
    DenseMatrix g =
        b.times(v).times(DenseMatrix.diagonal(PrescribedSpectra.array(n, j -> 2 * weights[j])));
    double[] core = v.transpose().times(b).times(v).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        core[i + j * n] *=
            values[i] == values[j] ? 0 : (weights[i] - weights[j]) / (values[i] - values[j]);
      }
    }
    DenseMatrix expected = v.times(DenseMatrix.wrap(n, n, core)).times(v.transpose());
    DenseMatrix actual = EigenGradient.backwardVectors(eigen, InverseGap.analytic(), g);
    Limit.GRADIENT.require(
        expected.minus(actual).frobeniusNorm() / (1 + expected.frobeniusNorm()), sample);
    Limit.GRADIENT.require(Gauge.dependence(eigen, g), sample);
  }

  @Provide
  Arbitrary<GradientSample> repeated() {
    return GradientSample.of(Spectra.repeated(Spectra.separated(1, 4, 0.3, 0.8)));
  }
}
