package eigengrad.props;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eigengrad.grad.DiagnosedGradient;
import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What every bounded rule promises, on any spectrum. */
@AddLifecycleHook(ChosenSeed.class)
class InverseGapProperties {

  @Provide
  Arbitrary<InverseGap> boundedRules() {
    return GradientRules.bounded();
  }

  @Provide
  Arbitrary<Double> ridges() {
    return GradientRules.powersOfTen(-6, 0);
  }

  @Provide
  Arbitrary<double[]> hostile() {
    return Spectra.hostile(1, 12);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }

  @Provide
  Arbitrary<Double> values() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(-1, 1),
        Arbitraries.integers().between(0, 40).map(ulps -> 1 - ulps * 0x1p-53),
        Arbitraries.integers().between(-60, 0).map(exponent -> Math.scalb(1.0, exponent)),
        Arbitraries.of(0.0, 1.0, -1.0));
  }

  @Property
  void between_anyPair_isExactlyAntisymmetricAndBounded(
      @ForAll("boundedRules") InverseGap rule,
      @ForAll("values") double a,
      @ForAll("values") double b) {
    double coefficient = rule.between(a, b, 1);
    assertEquals(0, coefficient + rule.between(b, a, 1));
    double bound = rule.bound(Math.max(Math.abs(a), Math.abs(b)), 1);
    assertTrue(Math.abs(coefficient) <= bound * Limit.BOUND.value());
  }

  /** Halving and doubling are exact, so nothing may change but the exponent. */
  @Property
  void between_scaledPair_scalesInversely(
      @ForAll("boundedRules") InverseGap rule,
      @ForAll("values") double a,
      @ForAll("values") double b,
      @ForAll @IntRange(min = -40, max = 40) int exponent) {
    double c = Math.scalb(1.0, exponent);
    double plain = rule.between(a, b, 1);
    assertEquals(plain, c * rule.between(c * a, c * b, c), 1e-15 * Math.abs(plain));
  }

  /** K + 1 terms of a series of which every term is positive. */
  @Property
  void powerIteration_moreTerms_comesCloserFromBelow(
      @ForAll @IntRange(min = 0, max = 999) int thousandths,
      @ForAll @IntRange(min = 1, max = 200) int terms) {
    double ratio = thousandths / 1000.0;
    double fewer = InverseGap.powerIteration(terms).between(1, ratio, 1);
    double more = InverseGap.powerIteration(terms + 1).between(1, ratio, 1);
    double exact = InverseGap.analytic().between(1, ratio, 1);
    assertTrue(fewer <= more * Limit.BOUND.value());
    assertTrue(more <= exact * Limit.BOUND.value());
  }

  /** With M + εI and M ≥ 0 every pair has λ ≥ ε: K/ε whatever the gaps. */
  @Property
  void diagnosed_ridgedMatrix_isBoundedByTheRidgeAlone(
      @ForAll("hostile") double[] values,
      @ForAll("seeds") long seed,
      @ForAll @IntRange(min = 1, max = 100) int terms,
      @ForAll("ridges") double ridge) {
    int n = values.length;
    DenseMatrix root = SymmetricMatrices.withSpectrum(values, seed);
    DenseMatrix m = root.times(root).symmetricPart().plusScaled(ridge, DenseMatrix.identity(n));
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 1);
    DenseMatrix gradient =
        EigenGradient.backwardVectors(
            SymmetricEigen.decompose(m), InverseGap.powerIteration(terms), g);
    // The solver's own error in ε is u‖M‖.
    double slack = 1 + 1e-8;
    assertTrue(gradient.frobeniusNorm() <= terms / ridge * g.frobeniusNorm() * slack);
  }

  @Property
  void diagnosed_anySpectrum_keepsItsBoundAndIsFinite(
      @ForAll("boundedRules") InverseGap rule,
      @ForAll("hostile") double[] values,
      @ForAll("seeds") long seed) {
    int n = values.length;
    Eigendecomposition eigen =
        SymmetricEigen.decompose(SymmetricMatrices.withSpectrum(values, seed));
    DenseMatrix g = SymmetricMatrices.gaussian(n, n, seed + 1);
    DiagnosedGradient result = EigenGradient.diagnosed(eigen, rule, new double[n], g);
    double slack = Limit.BOUND.value();
    assertTrue(Double.isFinite(result.gradient().frobeniusNorm()));
    assertTrue(result.largestCoefficient() <= result.bound() * slack);
    assertTrue(result.gradient().frobeniusNorm() <= result.bound() * g.frobeniusNorm() * slack);
  }
}
