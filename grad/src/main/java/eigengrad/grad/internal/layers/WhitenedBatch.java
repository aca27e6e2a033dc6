package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The statistics of one batch and the batch whitened by them.
 *
 * <p>Backward, with Z = WX̂, M = X̂X̂ᵀ/n + εI for n = N or N − 1 and ∂L/∂W = ∂L/∂Z X̂ᵀ, ∂L/∂M by
 * the {@link InverseSquareRoot}:
 *
 * <pre>∂L/∂X̂ = W ∂L/∂Z + (2/n) ∂L/∂M X̂,   ∂L/∂X = ∂L/∂X̂ less its mean over the samples.</pre>
 */
public final class WhitenedBatch {
  private final ChannelGroups groups;
  private final int samples;
  private final int divisor;
  private final double[] mean;
  private final double[] centred;
  private final DenseMatrix[] covariances;
  private final InverseSquareRoot.Pass roots;
  private final double[] whitened;

  private WhitenedBatch(DenseMatrix features, WhiteningSettings settings, InverseSquareRoot root) {
    this.groups = new ChannelGroups(settings.channels(), settings.groupSize());
    this.samples = features.columns();
    this.divisor = settings.unbiased() ? samples - 1 : samples;
    this.mean = SampleMean.of(groups.channels(), features.columnMajor());
    this.centred = features.toArray();
    SampleMean.subtract(mean, centred);
    this.covariances = covariances();
    this.roots = groups.forward(root, regularised(covariances, settings), settings.epsilon());
    this.whitened = new double[centred.length];
    DenseMatrix[] whitenings = whitenings();
    for (ChannelBlock block : groups.blocks(samples)) {
      block.transform(1, whitenings, centred, 0, whitened);
    }
  }

  /**
   * Whitens a batch.
   *
   * @param features C×N, checked
   * @throws IllegalArgumentException if there are too few samples for the settings
   */
  public static WhitenedBatch of(
      DenseMatrix features, WhiteningSettings settings, InverseSquareRoot root) {
    if (settings.unbiased() && features.columns() == 1) {
      throw new IllegalArgumentException(
          "features must have at least two columns, got 1: the covariance of a single sample has no"
              + " unbiased estimate. Use WhiteningSettings.withUnbiased(false)");
    }
    return new WhitenedBatch(features, settings, root);
  }

  /** X̂X̂ᵀ/n of each group, exactly symmetric. */
  private DenseMatrix[] covariances() {
    DenseMatrix[] products = new DenseMatrix[groups.count()];
    for (ChannelBlock block : groups.blocks(samples)) {
      block.products(1.0 / divisor, centred, centred, products);
    }
    Arrays.setAll(products, g -> products[g].symmetricPart());
    return products;
  }

  /** M = covariance + εI of each group. */
  static DenseMatrix[] regularised(DenseMatrix[] covariances, WhiteningSettings settings) {
    DenseMatrix[] regularised = new DenseMatrix[covariances.length];
    Arrays.setAll(regularised, g -> regularised(covariances[g], settings.epsilon()));
    return regularised;
  }

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
    return DenseMatrix.wrap(d, d, regularised);
  }

  int samples() {
    return samples;
  }

  double[] mean() {
    return mean;
  }

  /** X̂X̂ᵀ/N of a group, whatever M is divided by. */
  DenseMatrix populationCovariance(int group) {
    return covariances[group].times((double) divisor / samples);
  }

  /** W of each group. */
  DenseMatrix[] whitenings() {
    return roots.matrices();
  }

  /** Z, C×N, column-major. */
  public double[] whitened() {
    return whitened;
  }

  /** ∂L/∂X from ∂L/∂Z. */
  public DenseMatrix backward(double[] whitenedGradient) {
    DenseMatrix[] rootGradients = new DenseMatrix[groups.count()];
    for (ChannelBlock block : groups.blocks(samples)) {
      block.products(1, whitenedGradient, centred, rootGradients);
    }
    Arrays.setAll(rootGradients, g -> rootGradients[g].symmetricPart());
    DenseMatrix[] covarianceGradients = roots.backward(rootGradients);
    DenseMatrix[] whitenings = whitenings();
    double[] gradient = new double[centred.length];
    for (ChannelBlock block : groups.blocks(samples)) {
      block.transform(1, whitenings, whitenedGradient, 0, gradient);
      block.transform(2.0 / divisor, covarianceGradients, centred, 1, gradient);
    }
    SampleMean.subtract(SampleMean.of(groups.channels(), gradient), gradient);
    return Cotangents.finiteResult("∂L/∂X", groups.channels(), gradient);
  }
}
