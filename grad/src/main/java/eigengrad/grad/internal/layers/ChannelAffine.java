package eigengrad.grad.internal.layers;

import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/** Scale and shift of each channel, weight ∘ Z + bias, each of the two to be learnt or not. */
public final class ChannelAffine {

  /** C elements, which stay 1 without a weight. */
  private final double[] weight;

  /** C elements, which stay 0 without a bias. */
  private final double[] bias;

  private final boolean hasWeight;
  private final boolean hasBias;

  private ChannelAffine(double[] weight, double[] bias, boolean hasWeight, boolean hasBias) {
    this.weight = weight;
    this.bias = bias;
    this.hasWeight = hasWeight;
    this.hasBias = hasBias;
  }

  /** Weight 1 and bias 0, to be learnt or not. */
  public static ChannelAffine identity(int channels, boolean hasWeight, boolean hasBias) {
    ChannelAffine affine =
        new ChannelAffine(new double[channels], new double[channels], hasWeight, hasBias);
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
    return new ChannelAffine(weight.clone(), bias.clone(), hasWeight, hasBias);
  }

  /** The live parameter: C elements, or none. */
  public double[] weight() {
    return hasWeight ? weight : Buffers.NONE;
  }

  /** The live parameter: C elements, or none. */
  public double[] bias() {
    return hasBias ? bias : Buffers.NONE;
  }

  /** diag(weight) A, for the rows of A that begin with a channel. */
  DenseMatrix scaledRows(int from, DenseMatrix a) {
    double[] scaled = a.toArray();
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] *= weight[from + at % a.rows()];
    }
    return DenseMatrix.wrap(a.rows(), a.columns(), scaled);
  }

  /** Writes the bias into samples of C×N features. */
  void putBias(double[] features, int at, int count) {
    for (int s = 0; s < count; s++) {
      System.arraycopy(bias, 0, features, at + s * bias.length, bias.length);
    }
  }

  /** The gradient of the weight, diag(A Tᵀ) of all groups, if it has one. */
  double[] weightGradient(ChannelGroups groups, DenseMatrix[] a, DenseMatrix[] t) {
    if (!hasWeight) {
      return Buffers.NONE;
    }
    double[] gradient = new double[weight.length];
    for (int g = 0; g < a.length; g++) {
      double[] products = a[g].columnMajor();
      double[] transform = t[g].columnMajor();
      for (int at = 0; at < products.length; at++) {
        gradient[groups.offset(g) + at % groups.size(g)] += products[at] * transform[at];
      }
    }
    return gradient;
  }

  /** The gradient of the bias, the sum of ∂L/∂Y over the samples, if it has one. */
  double[] biasGradient(double[] sum) {
    return hasBias ? sum : Buffers.NONE;
  }
}
