package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What a layer must satisfy that normalises features by the mean and covariance of their batch:
 * batch normalisation, whitening, denoising.
 *
 * <p>Features are channels by samples, as many channels as a sample has: make a layer for each
 * call, with weight 1 and bias 0. Give it an ε from 0.01 to 0.1, with which the steps of the
 * differences are small. Gradients that are approximate are held to exactness where they claim it:
 * override {@link #isSmoothAt}. Variances lie between 0.1 and 10; override {@link #spectra} for
 * others.
 *
 * <p>A failure says which part of a layer the property is about: the usual mistakes have one each.
 */
@AddLifecycleHook(ChosenSeed.class)
public interface LayerContract {

  /**
   * Your layer in training.
   *
   * @param features X, C×N, C ≥ 1, N ≥ 1; not to be modified
   * @return Y, C×N
   */
  DenseMatrix forward(DenseMatrix features);

  /**
   * Your gradient of a training step.
   *
   * @param features X, C×N; not to be modified
   * @param outputGradient ∂L/∂Y, C×N; not to be modified
   * @return ∂L/∂X, C×N
   */
  DenseMatrix backward(DenseMatrix features, DenseMatrix outputGradient);

  /**
   * Your layer in inference.
   *
   * @param trainedOn the only batch that its statistics are of, as if momentum were 1
   * @param features X, C×N; not to be modified
   * @return Y, C×N
   */
  DenseMatrix infer(DenseMatrix trainedOn, DenseMatrix features);

  /**
   * What the covariance of the output of {@link #forward} is to be.
   *
   * @param covariance of the features, divided by N, C×C
   * @return that of Y, divided by N, C×C
   */
  DenseMatrix outputCovariance(DenseMatrix covariance);

  /**
   * Whether the layer is smooth around these features and its gradient claims to be exact: false
   * near a tie across the edge of a projection, or of any eigenvalues for routes through
   * eigenvectors. Other features are not taken; at ties gradients need only be finite.
   *
   * @param features X, C×N
   * @return true unless overridden
   */
  default boolean isSmoothAt(DenseMatrix features) {
    return true;
  }

  /**
   * Y has mean 0 and the covariance that it is to have, with fewer samples than channels, too.
   *
   * @param sample what it is checked on
   */
  @Property
  default void output_anyBatch_hasMeanZeroAndItsCovariance(
      @ForAll("samples") FeatureSample sample) {
    DenseMatrix x = sample.features();
    DenseMatrix y = forward(x);
    Limit.OUTPUT.require(
        LayerChecks.mean(y).maxAbs(), sample + "; the mean of the output, which is 0");
    DenseMatrix expected = outputCovariance(LayerChecks.covariance(x));
    Limit.OUTPUT.require(
        LayerChecks.covariance(y).minus(expected).maxAbs(),
        sample + "; the covariance of the output");
  }

  /**
   * Y does not depend on the mean of X, and neither does the gradient.
   *
   * @param sample what it is checked on
   * @param seed of the shift
   */
  @Property
  default void outputAndGradient_shiftOfAllSamples_stay(
      @ForAll("samples") FeatureSample sample, @ForAll("seeds") long seed) {
    DenseMatrix x = sample.features();
    DenseMatrix g = sample.outputGradient();
    DenseMatrix shift = SymmetricMatrices.gaussian(sample.channels(), 1, seed).times(3);
    DenseMatrix shifted = LayerChecks.shifted(x, shift);
    String where = "all samples shifted alike";
    LayerChecks.requireClose(forward(x), forward(shifted), where, sample);
    LayerChecks.requireClose(backward(x, g), backward(shifted, g), where, sample);
  }

  /**
   * Samples in another order come out, and get their gradients, in that order.
   *
   * @param sample what it is checked on
   * @param seed of the order
   */
  @Property
  default void outputAndGradient_otherOrderOfSamples_followIt(
      @ForAll("samples") FeatureSample sample, @ForAll("seeds") long seed) {
    DenseMatrix x = sample.features();
    DenseMatrix g = sample.outputGradient();
    int first = (int) (seed % sample.samples());
    int[] order =
        IntStream.range(0, sample.samples())
            .map(s -> (first + sample.samples() - s) % sample.samples())
            .toArray();
    DenseMatrix other = LayerChecks.reordered(x, order);
    String where = "samples in another order";
    LayerChecks.requireClose(
        LayerChecks.reordered(forward(x), order), forward(other), where, sample);
    LayerChecks.requireClose(
        LayerChecks.reordered(backward(x, g), order),
        backward(other, LayerChecks.reordered(g, order)),
        where,
        sample);
  }

  /**
   * The gradient is the slope of ⟨G, Y⟩.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_anyDirection_agreesWithDifferences(
      @ForAll("samples") FeatureSample sample) {
    LayerChecks.requireSlope(
        this,
        sample,
        SymmetricMatrices.gaussian(sample.channels(), sample.samples(), sample.seed() + 4),
        "along any direction");
  }

  /**
   * So it is where the features grow, and with them their covariance.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_alongTheFeatures_agreesWithDifferences(
      @ForAll("samples") FeatureSample sample) {
    LayerChecks.requireSlope(
        this,
        sample,
        LayerChecks.centred(sample.features()),
        "along the features' own scale, where a factor of the covariance's term shows that is not"
            + " 2/N, or one that is missing");
  }

  /**
   * So it is where channels mix, and eigenvectors turn.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_alongMixturesOfChannels_agreesWithDifferences(
      @ForAll("samples") FeatureSample sample) {
    DenseMatrix mixture =
        SymmetricMatrices.gaussian(sample.channels(), sample.channels(), sample.seed() + 5);
    LayerChecks.requireSlope(
        this,
        sample,
        mixture.times(LayerChecks.centred(sample.features())),
        "along mixtures of the channels, where a term shows that is missing or wrong: that through"
            + " the eigenvectors or the projector");
  }

  /**
   * The gradient sums to 0 over the samples, since their mean is taken out.
   *
   * @param sample what it is checked on
   */
  @Property
  default void gradient_anyBatch_sumsToZeroOverTheSamples(@ForAll("samples") FeatureSample sample) {
    DenseMatrix gradient = backward(sample.features(), sample.outputGradient());
    LayerChecks.requireClose(
        gradient,
        LayerChecks.centred(gradient),
        "the gradient does not sum to 0 over the samples: the term of the mean is missing",
        sample);
  }

  /**
   * Output and gradient are finite where all eigenvalues of the covariance are equal.
   *
   * @param channels C
   * @param exponent of the deviation, a power of two
   * @param seed of the output's gradient
   */
  @Property
  default void outputAndGradient_tiesOfAllEigenvalues_areFinite(
      @ForAll @IntRange(min = 1, max = 7) int channels,
      @ForAll @IntRange(min = -3, max = 3) int exponent,
      @ForAll("seeds") long seed) {
    DenseMatrix x = LayerChecks.isotropic(channels, Math.scalb(1.0, exponent));
    DenseMatrix g = SymmetricMatrices.gaussian(channels, 8, seed);
    LayerChecks.requireFinite(
        this, x, g, "all eigenvalues tie", "2^%d I of order %d".formatted(exponent, channels));
  }

  /**
   * Constant channels come out as 0, and nothing is lost by them.
   *
   * @param sample what it is checked on
   * @param k how many channels are constant
   * @param value of theirs
   */
  @Property
  default void outputAndGradient_constantChannels_areZeroAndFinite(
      @ForAll("anySamples") FeatureSample sample,
      @ForAll @IntRange(min = 1, max = 12) int k,
      @ForAll @IntRange(min = -5, max = 5) int value) {
    int constant = Math.min(k, sample.channels());
    DenseMatrix x = LayerChecks.withConstants(sample.features(), constant, 0.1 * value);
    LayerChecks.requireFinite(this, x, sample.outputGradient(), "constant channels", sample);
    DenseMatrix y = forward(x);
    for (int c = 0; c < constant; c++) {
      for (int s = 0; s < sample.samples(); s++) {
        Limit.OUTPUT.require(
            Math.abs(y.get(c, s)), sample + "; the output of a constant channel, which is 0");
      }
    }
  }

  /**
   * Inference by the statistics of a batch gives it the output of training.
   *
   * @param sample what it is checked on
   */
  @Property
  default void infer_byTheBatchItself_isTrainingsOutput(@ForAll("samples") FeatureSample sample) {
    DenseMatrix x = sample.features();
    LayerChecks.requireClose(
        forward(x), infer(x, x), "inference by the batch's own statistics", sample);
  }

  /**
   * Inference takes each sample alone.
   *
   * @param sample what it is checked on
   * @param seed which sample
   */
  @Property
  default void infer_oneSample_doesNotDependOnTheOthers(
      @ForAll("samples") FeatureSample sample, @ForAll("seeds") long seed) {
    DenseMatrix x = sample.features();
    int[] one = {(int) (seed % sample.samples())};
    LayerChecks.requireClose(
        LayerChecks.reordered(infer(x, x), one),
        infer(x, LayerChecks.reordered(x, one)),
        "inference of one sample alone",
        sample);
  }

  /**
   * Features and gradients handed over are as they were.
   *
   * @param sample what it is checked on
   */
  @Property
  default void layer_anySample_leavesItsInputAlone(@ForAll("samples") FeatureSample sample) {
    DenseMatrix x = sample.features();
    DenseMatrix g = sample.outputGradient();
    forward(x);
    backward(x, g);
    infer(x, x);
    SolverChecks.require(
        x.equals(sample.features()) && g.equals(sample.outputGradient()),
        "the layer wrote into its input",
        sample);
  }

  /** {@return variances from 0.1 to 10, some of them equal} */
  @Provide
  default Arbitrary<double[]> spectra() {
    return Spectra.positive(3, 0.1, 10);
  }

  /** {@return batches of more samples than channels, and of fewer} */
  @Provide
  default Arbitrary<FeatureSample> anySamples() {
    return Arbitraries.oneOf(FeatureSample.of(spectra()), FeatureSample.few(spectra()));
  }

  /** {@return those at which the layer is smooth} */
  @Provide
  default Arbitrary<FeatureSample> samples() {
    return anySamples().filter(sample -> isSmoothAt(sample.features()));
  }

  /** {@return seeds} */
  @Provide
  default Arbitrary<Long> seeds() {
    return SymmetricMatrices.seeds();
  }
}
