package eigengrad.grad.internal.layers;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.NonFiniteException;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The statistics of one batch and the batch whitened by them.
 *
 * <p>Backward, with Z = WX̂ and ∂L/∂W = ∂L/∂Z X̂ᵀ, ∂L/∂M by the {@link InverseSquareRoot}:
 *
 * <pre>∂L/∂X̂ = W ∂L/∂Z + (2/N) ∂L/∂M X̂,   ∂L/∂X = ∂L/∂X̂ less its mean over the samples.</pre>
 */
public final class WhitenedBatch {
  private final int channels;
  private final int samples;
  private final double[] mean;
  private final double[] centred;
  private final double[] whitened;
  private final int groups;
  private final InverseSquareRoot.Pass roots;

  private WhitenedBatch(
      DenseMatrix features, ZcaWhitening.Settings settings, InverseSquareRoot root) {
    this.channels = features.rows();
    this.samples = features.columns();
    this.mean = new double[channels];
    this.centred = features.toArray();
    this.whitened = new double[centred.length];
    this.groups = channels / settings.groupSize();
    centre();
    ChannelBlock[] blocks = blocks();
    DenseMatrix[] covariances = new DenseMatrix[groups];
    for (ChannelBlock block : blocks) {
      block.products(1.0 / samples, centred, centred, covariances);
    }
    for (int g = 0; g < groups; g++) {
      covariances[g] = regularised(covariances[g], settings.epsilon());
    }
    this.roots = root.forward(covariances, settings.epsilon());
    DenseMatrix[] whitenings = whitenings();
    for (ChannelBlock block : blocks) {
      block.transform(1, whitenings, centred, 0, whitened);
    }
  }

  public static WhitenedBatch of(
      DenseMatrix features, ZcaWhitening.Settings settings, InverseSquareRoot root) {
    return new WhitenedBatch(features, settings, root);
  }

  private ChannelBlock[] blocks() {
    return ChannelBlock.split(channels / groups, channels, samples);
  }

  private void centre() {
    addSampleMean(centred, mean);
    subtractFromSamples(mean, centred);
  }

  private void addSampleMean(double[] x, double[] target) {
    for (int s = 0; s < samples; s++) {
      Kernels.level1().axpy(channels, 1, x, s * channels, target, 0);
    }
    Kernels.level1().scale(channels, 1.0 / samples, target, 0);
  }

  private void subtractFromSamples(double[] channelValues, double[] x) {
    for (int s = 0; s < samples; s++) {
      Kernels.level1().axpy(channels, -1, channelValues, 0, x, s * channels);
    }
  }

  /** M + εI, exactly symmetric. */
  private static DenseMatrix regularised(DenseMatrix covariance, double epsilon) {
    int d = covariance.rows();
    double[] regularised = covariance.toArray();
    for (int i = 0; i < d; i++) {
      regularised[i + i * d] += epsilon;
    }
    if (!(Kernels.level1().maxAbs(d * d, regularised, 0) <= Double.MAX_VALUE)) {
      throw new NonFiniteException(
          "a covariance of the features overflows: scale the features down by a power of two");
    }
    return DenseMatrix.wrap(d, d, regularised).symmetricPart();
  }

  public double[] mean() {
    return mean;
  }

  public double[] whitened() {
    return whitened;
  }

  /** W of each group. */
  public DenseMatrix[] whitenings() {
    return roots.matrices();
  }

  /** ∂L/∂X from ∂L/∂Z. */
  public DenseMatrix backward(double[] whitenedGradient) {
    ChannelBlock[] blocks = blocks();
    DenseMatrix[] matrixGradients = new DenseMatrix[groups];
    for (ChannelBlock block : blocks) {
      block.products(1, whitenedGradient, centred, matrixGradients);
    }
    Arrays.setAll(matrixGradients, g -> matrixGradients[g].symmetricPart());
    DenseMatrix[] covarianceGradients = roots.backward(matrixGradients);
    DenseMatrix[] whitenings = whitenings();
    double[] gradient = new double[centred.length];
    for (ChannelBlock block : blocks) {
      block.transform(1, whitenings, whitenedGradient, 0, gradient);
      block.transform(2.0 / samples, covarianceGradients, centred, 1, gradient);
    }
    double[] gradientMean = new double[channels];
    addSampleMean(gradient, gradientMean);
    subtractFromSamples(gradientMean, gradient);
    return Cotangents.finiteResult("∂L/∂X", channels, gradient);
  }
}
