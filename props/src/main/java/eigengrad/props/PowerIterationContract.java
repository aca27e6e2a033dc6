package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * What a power-iteration gradient must satisfy, one that puts K terms of the geometric series in
 * the place of 1/(λᵢ − λⱼ): that the error of each pair is q^K, that it is bounded by K/λ and
 * attains that bound, and that it is the sum it claims to be.
 *
 * <p>Implement {@link #backward(Eigendecomposition, int, double[], DenseMatrix)} in a test class
 * and run it with jqwik. With enough terms it must satisfy {@link BoundedGradientContract} too.
 * Source of the claims: W. Wang et al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS
 * 2019.
 */
public interface PowerIterationContract extends BoundedGradientContract {

  /**
   * Your gradient ∂L/∂M of a loss of the eigenvalues and eigenvectors of M.
   *
   * @param eigen the decomposition of M, n×n
   * @param terms K ≥ 1: for λᵢ &gt; λⱼ &gt; 0 of ratio q = λⱼ/λᵢ, (1 + q + … + q^(K−1))/λᵢ stands
   *     for 1/(λᵢ − λⱼ)
   * @param valueCotangent ∂L/∂λ, n elements; not to be modified
   * @param vectorCotangent ∂L/∂V, n×n; not to be modified
   * @return ∂L/∂M, n×n, symmetric
   */
  DenseMatrix backward(
      Eigendecomposition eigen, int terms, double[] valueCotangent, DenseMatrix vectorCotangent);

  /** With 600 terms a ratio of 0.9 is exact to 1e-27. */
  @Override
  default DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return backward(eigen, 600, valueCotangent, vectorCotangent);
  }

  /**
   * Each pair is off by the factor 1 − q^K, whatever the other values.
   *
   * @param sample what it is checked on
   * @param terms K
   */
  @Property
  default void error_ofEachPair_isTheRatioToThePowerK(
      @ForAll("positive") GradientSample sample, @ForAll @IntRange(min = 1, max = 60) int terms) {
    DenseMatrix exact = GradientChecks.formula(sample);
    DenseMatrix truth = GradientChecks.inEigenbasis(sample, exact);
    DenseMatrix found =
        GradientChecks.inEigenbasis(
            sample,
            backward(sample.eigen(), terms, sample.valueCotangent(), sample.vectorCotangent()));
    double rounding = exact.frobeniusNorm();
    double[] values = sample.values();
    for (int j = 0; j < sample.size(); j++) {
      for (int i = 0; i < j; i++) {
        double expected = truth.get(i, j) * Math.pow(values[i] / values[j], terms);
        double error = Math.abs(truth.get(i, j) - found.get(i, j) - expected);
        Limit.SERIES.require(
            error == 0 ? 0 : error / rounding,
            "pair %d, %d with K = %d of %s".formatted(i, j, terms, sample));
      }
    }
  }

  /**
   * The logarithm of the leading vector's error changes by ln q per term, q the largest ratio.
   *
   * @param ratio q, the largest ratio
   * @param others how many further values
   * @param seed of the other random inputs
   */
  @Property
  default void error_ofTheLeadingVector_fallsAtTheRateOfTheLargestRatio(
      @ForAll @DoubleRange(min = 0.4, max = 0.9) double ratio,
      @ForAll @IntRange(min = 1, max = 8) int others,
      @ForAll("seeds") long seed) {
    double[] values =
        PrescribedSpectra.array(
            others + 2,
            j -> j == others + 1 ? 1 : j == others ? ratio : ratio / 2 * (j + 1) / others);
    GradientSample sample = new GradientSample(values, CotangentKind.FULL, seed);
    DenseMatrix g = PowerIterationChecks.evenly(sample);
    double slope =
        PowerIterationChecks.fittedSlope(
            terms -> backward(sample.eigen(), terms, new double[values.length], g),
            backward(sample.eigen(), 1000, new double[values.length], g),
            (int) Math.ceil(Math.log(1e-2) / Math.log(ratio)),
            (int) Math.ceil(Math.log(1e-8) / Math.log(ratio)));
    Limit.RATE.require(Math.abs(slope / Math.log(ratio) - 1), sample);
  }

  /**
   * The gradient of a loss of one vector is at most K/λ times its cotangent.
   *
   * @param sample what it is checked on
   * @param terms K
   */
  @Property
  default void gradient_ofOneVector_isBoundedByTermsOverItsValue(
      @ForAll("anyRatios") GradientSample sample, @ForAll @IntRange(min = 1, max = 100) int terms) {
    int n = sample.size();
    for (int j = 0; j < n; j++) {
      DenseMatrix g = PowerIterationChecks.ofVector(j, sample);
      double norm = backward(sample.eigen(), terms, new double[n], g).frobeniusNorm();
      double bound = terms / sample.values()[j] * g.frobeniusNorm();
      Limit.BOUND.require(
          norm == 0 ? 0 : norm / bound, "vector %d with K = %d of %s".formatted(j, terms, sample));
    }
  }

  /**
   * Where the other values nearly tie with the leading one, the gradient's norm is nearly √½·K/λ.
   *
   * @param n order
   * @param terms K
   * @param exponent of the scale, a power of two
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_atNearTies_attainsItsBound(
      @ForAll @IntRange(min = 2, max = 8) int n,
      @ForAll @IntRange(min = 1, max = 100) int terms,
      @ForAll @IntRange(min = -20, max = 20) int exponent,
      @ForAll("seeds") long seed) {
    double scale = Math.scalb(1.0, exponent);
    double[] values = PrescribedSpectra.array(n, j -> scale * (1 - 1e-7 * (n - 1 - j) / n));
    GradientSample sample = new GradientSample(values, CotangentKind.FULL, seed);
    DenseMatrix g = PowerIterationChecks.orthogonalToVector(n - 1, sample);
    double norm = backward(sample.eigen(), terms, new double[n], g).frobeniusNorm();
    // The symmetric part of pvᵀ with p ⟂ v has √½ of its norm.
    double bound = Math.sqrt(0.5) * terms / values[n - 1] * g.frobeniusNorm();
    Limit.BOUND.require(norm / bound, "K = " + terms + " of " + sample);
    Limit.ATTAINED.require(1 - norm / bound, "K = " + terms + " of " + sample);
  }

  /**
   * The gradient is the sum Σ_{t&lt;K} Mᵗ(I − vvᵀ)gvᵀ/λ^(t+1), by products with M alone.
   *
   * @param sample what it is checked on
   * @param terms K
   */
  @Property
  default void gradient_ofTheLeadingVector_isTheAccumulatedSum(
      @ForAll("positive") GradientSample sample, @ForAll @IntRange(min = 1, max = 100) int terms) {
    int n = sample.size();
    DenseMatrix g = PowerIterationChecks.ofVector(n - 1, sample);
    Limit.GRADIENT.require(
        Differences.ofMatrices(
            PowerIterationChecks.accumulated(sample, terms, g),
            backward(sample.eigen(), terms, new double[n], g)),
        "K = " + terms + " of " + sample);
  }

  /** {@return samples of up to 8 positive values, apart by ratios from 0.25 to 0.9} */
  @Provide
  default Arbitrary<GradientSample> positive() {
    return GradientSample.of(Spectra.geometric(2, 8, 0.25, 0.9));
  }

  /** {@return samples of up to 8 positive values, apart by any ratio up to a tie} */
  @Provide
  default Arbitrary<GradientSample> anyRatios() {
    return GradientSample.of(
        Combinators.combine(
                Spectra.geometric(2, 8, 0.01, 1), Arbitraries.integers().between(-20, 20))
            .as((values, k) -> Arrays.stream(values).map(value -> Math.scalb(value, k)).toArray()));
  }
}
