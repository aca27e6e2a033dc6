package eigengrad.grad.internal.layers;

import eigengrad.linalg.DenseMatrix;

/**
 * What inference does by statistics that do not depend on the batch: T(X − μ).
 *
 * @param groups of channels
 * @param mean μ, C elements
 * @param transforms T of each group
 */
@SuppressWarnings("ArrayRecordComponent") // only read
public record FrozenTransform(ChannelGroups groups, double[] mean, DenseMatrix[] transforms) {

  /** The layer on some features. */
  public FeatureMap map(DenseMatrix features, ChannelAffine affine) {
    CentredFeatures centred = CentredFeatures.about(mean, features);
    return FeatureMap.ofStatistics(groups, centred, transforms, affine);
  }
}
