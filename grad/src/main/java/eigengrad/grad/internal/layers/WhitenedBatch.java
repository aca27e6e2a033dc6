package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The statistics of one batch and the whitening by them: T = W = M^(−1/2) with M = CN/n + εI for n
 * = N or N − 1.
 */
public final class WhitenedBatch {
  private final ChannelGroups groups;
  private final CentredFeatures features;

  /** N/n. */
  private final double correction;

  private final DenseMatrix[] covariances;
  private final InverseSquareRoot.Pass roots;

  private WhitenedBatch(DenseMatrix features, WhiteningSettings settings, InverseSquareRoot root) {
    int samples = features.columns();
    this.groups = new ChannelGroups(settings.channels(), settings.groupSize());
    this.features = CentredFeatures.aboutOwnMean(features);
    this.correction = settings.unbiased() ? samples / (samples - 1.0) : 1;
    this.covariances = this.features.covariances(groups);
    this.roots =
        groups.forward(root, regularised(corrected(covariances), settings), settings.epsilon());
  }

  /**
   * Whitens a batch.
   *
   * @param features C×N, N ≥ 1
   * @throws IllegalArgumentException if the features are not finite, or too few for the settings
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

  private DenseMatrix[] corrected(DenseMatrix[] matrices) {
    DenseMatrix[] corrected = new DenseMatrix[matrices.length];
    Arrays.setAll(corrected, g -> matrices[g].times(correction));
    return corrected;
  }

  int samples() {
    return features.samples();
  }

  double[] mean() {
    return features.mean();
  }

  /** C of a group, divided by N whatever M is divided by. */
  DenseMatrix populationCovariance(int group) {
    return covariances[group];
  }

  /** W of each group. */
  DenseMatrix[] whitenings() {
    return roots.matrices();
  }

  /** The layer on this batch. */
  public FeatureMap map(ChannelAffine affine) {
    return FeatureMap.ofBatch(groups, features, whitenings(), affine, this::covarianceGradients);
  }

  /** ∂L/∂C from ∂L/∂W. */
  private DenseMatrix[] covarianceGradients(DenseMatrix[] ofWhitenings) {
    DenseMatrix[] symmetric = new DenseMatrix[ofWhitenings.length];
    for (int g = 0; g < symmetric.length; g++) {
      DenseMatrix w = ofWhitenings[g];
      symmetric[g] = Cotangents.finiteResult("∂L/∂W", w.rows(), w.columnMajor()).symmetricPart();
    }
    return corrected(roots.backward(symmetric));
  }
}
