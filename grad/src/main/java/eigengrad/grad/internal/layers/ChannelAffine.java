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

  /**
   * Y from Z, column-major; not modified.
   *
   * @throws NonFiniteException if Y is not finite
   */
  public DenseMatrix apply(double[] z) {
    double[] y = z.clone();
    scaleByWeight(y);
    if (bias.length > 0) {
      for (int at = 0; at < y.length; at += channels) {
        for (int c = 0; c < channels; c++) {
          y[at + c] += bias[c];
        }
      }
    }
    return Cotangents.finiteResult("Y", channels, y);
  }

  private void scaleByWeight(double[] x) {
    if (weight.length > 0) {
      for (int at = 0; at < x.length; at += channels) {
        for (int c = 0; c < channels; c++) {
          x[at + c] *= weight[c];
        }
      }
    }
  }

  /**
   * The gradients from ∂L/∂Y and Z, both column-major; not modified.
   *
   * @throws NonFiniteException if one is not finite
   */
  public Gradient backward(double[] outputGradient, double[] z) {
    double[] input = outputGradient.clone();
    scaleByWeight(input);
    double[] ofWeight = new double[weight.length];
    double[] ofBias = new double[bias.length];
    for (int at = 0; at < z.length; at += channels) {
      for (int c = 0; c < ofWeight.length; c++) {
        ofWeight[c] += outputGradient[at + c] * z[at + c];
      }
      for (int c = 0; c < ofBias.length; c++) {
        ofBias[c] += outputGradient[at + c];
      }
    }
    return new Gradient(
        finite("∂L/∂Z", input), finite("∂L/∂weight", ofWeight), finite("∂L/∂bias", ofBias));
  }

  private double[] finite(String name, double[] gradient) {
    return Cotangents.finiteResult(name, channels, gradient).columnMajor();
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
