package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What a gradient of an eigendecomposition must satisfy that claims to be bounded: beside {@link
 * EigenGradientContract}, how it behaves where eigenvalues meet.
 */
public interface BoundedGradientContract extends EigenGradientContract {

  /**
   * The gradient is finite at ties, in clusters and at every gap.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_atTiesAndInClusters_isFinite(@ForAll("hostile") GradientSample sample) {
    DenseMatrix gradient =
        backward(sample.eigen(), sample.valueCotangent(), sample.vectorCotangent());
    SolverChecks.require(
        Double.isFinite(gradient.frobeniusNorm()), "a gradient that is not finite", sample);
  }

  /**
   * Another basis inside a repeated eigenvalue gives an invariant loss the same gradient.
   *
   * @param sample what it is checked on
   * @param seed of the other random inputs
   */
  @Property
  default void gradient_rotationsInsideTies_stays(
      @ForAll("tied") GradientSample sample, @ForAll("seeds") long seed) {
    InvariantLoss loss = InvariantLoss.of(sample);
    DenseMatrix v = sample.vectors();
    DenseMatrix turned = v.times(GaugeTransformations.insideTies(sample.values(), seed));
    DenseMatrix expected = backward(sample.eigen(), loss.c(), loss.vectorCotangent(v));
    DenseMatrix actual =
        backward(
            Eigendecomposition.of(sample.values(), turned), loss.c(), loss.vectorCotangent(turned));
    Limit.GRADIENT.require(
        Differences.ofMatrices(expected, actual), sample + ", rotations of seed " + seed);
  }

  /**
   * The gradients of trace and norm are exact at ties too: they need no vectors.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_ofTraceAndNormAtTies_isKnown(@ForAll("hostile") GradientSample sample) {
    GradientChecks.requireTraceAndNorm(this, sample);
  }

  /** {@return samples of distinct values, each 1 to 4 times} */
  @Provide
  default Arbitrary<GradientSample> tied() {
    return GradientSample.of(
        Spectra.repeated(Spectra.separated(1, 4, largestRatio() / 2, largestRatio())));
  }

  /** {@return samples of ties, clusters and adversarial gaps, from 0.1 to 1.1 or so} */
  @Provide
  default Arbitrary<GradientSample> hostile() {
    return GradientSample.of(
        Arbitraries.oneOf(Spectra.ties(3), Spectra.clusters(3), Spectra.adversarialGaps(2, 12))
            .map(
                values ->
                    Arrays.stream(values).map(value -> 0.1 + Math.abs(value)).sorted().toArray()));
  }
}
