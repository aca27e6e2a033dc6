package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;

/**
 * Y = weight ∘ Z + bias per channel of C×N features, each of the two optional.
 *
 * <p>Backward: ∂L/∂Z = weight ∘ ∂L/∂Y; ∂L/∂weight and ∂L/∂bias are the sums of ∂L/∂Y ∘ Z and of
 * ∂L/∂Y over the samples.
 */
public final class ChannelAffine {
  private static final double[] NONE = {};

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
    return hasWeight ? weight : NONE;
  }

  /** The live parameter: C elements, or none. */
  public double[] bias() {
    return hasBias ? bias : NONE;
  }

  /**
   * Y from Z, column-major; not modified.
   *
   * @throws NonFiniteException if Y is not finite
   */
  public DenseMatrix apply(double[] z) {
    int channels = weight.length;
    double[] y = new double[z.length];
    for (int at = 0; at < y.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        y[at + c] = weight[c] * z[at + c] + bias[c];
      }
    }
    return Cotangents.finiteResult("Y", channels, y);
  }

  /**
   * The gradients from ∂L/∂Y and Z, both column-major; not modified.
   *
   * @throws NonFiniteException if one is not finite
   */
  public Gradient backward(double[] outputGradient, double[] z) {
    int channels = weight.length;
    double[] input = new double[z.length];
    double[] ofWeight = new double[channels];
    double[] ofBias = new double[channels];
    for (int at = 0; at < input.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        ofBias[c] += outputGradient[at + c];
        ofWeight[c] += outputGradient[at + c] * z[at + c];
        input[at + c] = outputGradient[at + c] * weight[c];
      }
    }
    return new Gradient(
        finite("∂L/∂Z", input),
        hasWeight ? finite("∂L/∂weight", ofWeight) : NONE,
        hasBias ? finite("∂L/∂bias", ofBias) : NONE);
  }

  private static double[] finite(String name, double[] gradient) {
    return Cotangents.finiteResult(name, 1, gradient).columnMajor();
  }

  /**
   * The gradients.
   *
   * @param input ∂L/∂Z, C×N
   * @param weight C elements, or none
   * @param bias C elements, or none
   */
  @SuppressWarnings("ArrayRecordComponent") // only handed on
  public record Gradient(double[] input, double[] weight, double[] bias) {}
}
