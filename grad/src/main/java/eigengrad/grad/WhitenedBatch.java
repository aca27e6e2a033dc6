package eigengrad.grad;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;

/**
 * The statistics of one batch and the batch whitened by them.
 *
 * <p>Backward, with Z = WX̂ and S = sym(∂L/∂W), ∂L/∂W = ∂L/∂Z X̂ᵀ:
 *
 * <pre>
 * ∂L/∂vⱼ = 2λⱼ^(−1/2) S vⱼ,   ∂L/∂λⱼ = −½λⱼ^(−3/2) vⱼᵀ S vⱼ,   ∂L/∂M by the eigendecomposition,
 * ∂L/∂X̂ = W ∂L/∂Z + (2/N) ∂L/∂M X̂,   ∂L/∂X = ∂L/∂X̂ less its mean over the samples.</pre>
 */
final class WhitenedBatch {
  private final int channels;
  private final int samples;
  private final double[] mean;
  private final double[] centred;
  private final double[] whitened;
  private final GroupWhitening[] groups;

  private WhitenedBatch(DenseMatrix features, int groupCount) {
    this.channels = features.rows();
    this.samples = features.columns();
    this.mean = new double[channels];
    this.centred = features.toArray();
    this.whitened = new double[centred.length];
    this.groups = new GroupWhitening[groupCount];
  }

  static WhitenedBatch of(
      DenseMatrix features, ZcaWhitening.Settings settings, DifferentiableEigen eigen) {
    int size = settings.groupSize();
    WhitenedBatch batch = new WhitenedBatch(features, features.rows() / size);
    batch.centre();
    Gemm gemm = new Gemm();
    for (int g = 0; g < batch.groups.length; g++) {
      ChannelGroup rows = new ChannelGroup(gemm, size, g * size, batch.channels, batch.samples);
      batch.groups[g] =
          GroupWhitening.of(batch.covariance(rows, settings.epsilon()), settings, eigen);
      rows.transform(batch.groups[g].matrix().columnMajor(), batch.centred, 0, batch.whitened);
    }
    return batch;
  }

  private void centre() {
    addSampleMean(centred, mean);
    subtractFromSamples(mean, centred);
  }

  private void addSampleMean(double[] x, double[] target) {
    Kernels kernels = Kernels.active();
    for (int s = 0; s < samples; s++) {
      kernels.axpy(channels, 1, x, s * channels, target, 0);
    }
    kernels.scale(channels, 1.0 / samples, target, 0);
  }

  private void subtractFromSamples(double[] channelValues, double[] x) {
    Kernels kernels = Kernels.active();
    for (int s = 0; s < samples; s++) {
      kernels.axpy(channels, -1, channelValues, 0, x, s * channels);
    }
  }

  /** X̂X̂ᵀ/N + εI, exactly symmetric. */
  private DenseMatrix covariance(ChannelGroup rows, double epsilon) {
    double[] covariance = rows.product(1.0 / samples, centred, centred);
    for (int i = 0; i < rows.size(); i++) {
      covariance[i + i * rows.size()] += epsilon;
    }
    return Cotangents.finiteResult("a covariance", rows.size(), covariance).symmetricPart();
  }

  double[] mean() {
    return mean;
  }

  double[] whitened() {
    return whitened;
  }

  DenseMatrix whitening(int group) {
    return groups[group].matrix();
  }

  /** ∂L/∂X from ∂L/∂Z. */
  DenseMatrix backward(double[] whitenedGradient) {
    Gemm gemm = new Gemm();
    int size = channels / groups.length;
    double[] gradient = new double[centred.length];
    for (int g = 0; g < groups.length; g++) {
      ChannelGroup rows = new ChannelGroup(gemm, size, g * size, channels, samples);
      double[] matrixGradient = rows.product(1, whitenedGradient, centred);
      DenseMatrix covarianceGradient =
          groups[g].backward(DenseMatrix.wrap(size, size, matrixGradient).symmetricPart());
      rows.transform(groups[g].matrix().columnMajor(), whitenedGradient, 0, gradient);
      rows.transform(covarianceGradient.times(2.0 / samples).columnMajor(), centred, 1, gradient);
    }
    double[] gradientMean = new double[channels];
    addSampleMean(gradient, gradientMean);
    subtractFromSamples(gradientMean, gradient);
    return DenseMatrix.wrap(channels, samples, gradient);
  }
}
