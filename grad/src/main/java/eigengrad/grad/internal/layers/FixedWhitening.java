package eigengrad.grad.internal.layers;

import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;

/**
 * Whitening by statistics that do not depend on the batch: Z = W(X − μ) and ∂L/∂X = W ∂L/∂Z, as W
 * is symmetric.
 *
 * @param groups of channels
 * @param mean μ, C elements
 * @param whitenings W of each group
 */
@SuppressWarnings("ArrayRecordComponent") // only read
public record FixedWhitening(ChannelGroups groups, double[] mean, DenseMatrix[] whitenings) {

  /** Z, column-major. */
  public double[] apply(DenseMatrix features) {
    double[] centred = features.toArray();
    SampleMean.subtract(mean, centred);
    return transformed(centred);
  }

  /** ∂L/∂X from ∂L/∂Z, column-major. */
  public DenseMatrix backward(double[] whitenedGradient) {
    return Cotangents.finiteResult("∂L/∂X", groups.channels(), transformed(whitenedGradient));
  }

  private double[] transformed(double[] x) {
    double[] transformed = new double[x.length];
    for (ChannelBlock block : groups.blocks(x.length / groups.channels())) {
      block.transform(1, whitenings, x, 0, transformed);
    }
    return transformed;
  }
}
