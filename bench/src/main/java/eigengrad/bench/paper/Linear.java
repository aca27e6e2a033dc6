package eigengrad.bench.paper;

import eigengrad.simd.Gemm;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The affine map Y = W X + b 1ᵀ of each column of X.
 *
 * <p>W is outputs × inputs, b has one number an output. For Ȳ = ∂L/∂Y, dL = tr(Ȳᵀ dW X) + (Ȳ 1)ᵀ db
 * + tr(Ȳᵀ W dX), hence
 *
 * <pre>  ∂L/∂W = Ȳ Xᵀ,   ∂L/∂b = Ȳ 1,   ∂L/∂X = Wᵀ Ȳ.</pre>
 */
final class Linear {
  private final int inputs;
  private final int outputs;
  private final Parameter weights;
  private final Parameter bias;
  private final Gemm gemm = new Gemm();

  /**
   * @param name of the layer
   * @param inputs rows of X
   * @param outputs rows of Y
   * @param random source of the weights, normal with variance 1/inputs; the bias starts at zero
   */
  Linear(String name, int inputs, int outputs, RandomGenerator random) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = new Parameter(name + " weights", new double[outputs * inputs], true);
    this.bias = new Parameter(name + " bias", new double[outputs], false);
    double deviation = Math.sqrt(1.0 / inputs);
    Arrays.setAll(weights.values(), i -> deviation * random.nextGaussian());
  }

  /** W, column-major. */
  Parameter weights() {
    return weights;
  }

  /** b. */
  Parameter bias() {
    return bias;
  }

  /** Y and what its gradients need. */
  Pass forward(Features input) {
    if (input.channels() != inputs) {
      throw new IllegalArgumentException(
          "channels: expected %d, got %d".formatted(inputs, input.channels()));
    }
    int samples = input.samples();
    double[] y = new double[outputs * samples];
    for (int sample = 0; sample < samples; sample++) {
      System.arraycopy(bias.values(), 0, y, sample * outputs, outputs);
    }
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        outputs,
        samples,
        inputs,
        1,
        weights.values(),
        input.values(),
        1,
        y);
    return new Pass(input, new Features(outputs, input.images(), input.height(), input.width(), y));
  }

  /**
   * The gradients of a loss.
   *
   * @param input ∂L/∂X
   * @param weights ∂L/∂W
   * @param bias ∂L/∂b
   */
  record Gradient(double[] input, double[] weights, double[] bias) {}

  /** One forward computation. */
  final class Pass {
    private final Features input;
    private final Features output;

    private Pass(Features input, Features output) {
      this.input = input;
      this.output = output;
    }

    /** Y. */
    Features output() {
      return output;
    }

    /** All three gradients, given Ȳ. */
    Gradient backward(double[] outputGradient) {
      int samples = input.samples();
      double[] ofInput = new double[inputs * samples];
      double[] ofWeights = new double[outputs * inputs];
      double[] ofBias = new double[outputs];
      gemm.multiply(
          Transpose.YES,
          Transpose.NO,
          inputs,
          samples,
          outputs,
          weights.values(),
          outputGradient,
          ofInput);
      gemm.multiply(
          Transpose.NO,
          Transpose.YES,
          outputs,
          inputs,
          samples,
          outputGradient,
          input.values(),
          ofWeights);
      for (int sample = 0; sample < samples; sample++) {
        Kernels.level1().axpy(outputs, 1, outputGradient, sample * outputs, ofBias, 0);
      }
      return new Gradient(ofInput, ofWeights, ofBias);
    }
  }
}
