package eigengrad.grad.internal.layers;

import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;

/** Scale and shift of each channel, weight ∘ Z + bias, each of the two optional. */
public final class ChannelAffine {
  private final int channels;

  /** C elements, or none without a weight. */
  private final double[] weight;

  /** C elements, or none without a bias. */
  private final double[] bias;

  private ChannelAffine(int channels, double[] weight, double[] bias) {
    this.channels = channels;
    this.weight = weight;
    this.bias = bias;
  }

  /** Weight 1 and bias 0, where there are to be any. */
  public static ChannelAffine identity(int channels, boolean hasWeight, boolean hasBias) {
    ChannelAffine affine =
        new ChannelAffine(
            channels, new double[hasWeight ? channels : 0], new double[hasBias ? channels : 0]);
    affine.reset();
    return affine;
  }

  /** Back to weight 1 and bias 0, in the same arrays. */
  public void reset() {
    Arrays.fill(weight, 1);
    Arrays.fill(bias, 0);
  }

  /** The same with arrays of its own. */
  public ChannelAffine copy() {
    return new ChannelAffine(channels, weight.clone(), bias.clone());
  }

  /** The live parameter: C elements, or none. */
  public double[] weight() {
    return weight;
  }

  /** The live parameter: C elements, or none. */
  public double[] bias() {
    return bias;
  }

  /** diag(weight) A, for the rows of A that begin with a channel. */
  DenseMatrix scaledRows(int from, DenseMatrix a) {
    if (weight.length == 0) {
      return a;
    }
    double[] scaled = a.toArray();
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] *= weight[from + at % a.rows()];
    }
    return DenseMatrix.wrap(a.rows(), a.columns(), scaled);
  }

  /** Writes the bias into samples of C×N features. */
  void putBias(double[] features, int at, int count) {
    if (bias.length > 0) {
      for (int s = 0; s < count; s++) {
        System.arraycopy(bias, 0, features, at + s * channels, channels);
      }
    }
  }

  /** diag(A Tᵀ) of all groups, or nothing without a weight. */
  double[] weightGradient(ChannelGroups groups, DenseMatrix[] a, DenseMatrix[] t) {
    double[] gradient = new double[weight.length];
    for (int g = 0; g < a.length && gradient.length > 0; g++) {
      int d = groups.size(g);
      double[] products = a[g].columnMajor();
      double[] transform = t[g].columnMajor();
      for (int at = 0; at < products.length; at++) {
        gradient[groups.offset(g) + at % d] += products[at] * transform[at];
      }
    }
    return gradient;
  }
}
