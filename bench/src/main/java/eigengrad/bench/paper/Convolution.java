package eigengrad.bench.paper;

import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A 3×3 convolution with zero padding and without bias.
 *
 * <p>With the input's {@link Patches} as columns of P (9·inputs × output pixels) and the weights as
 * a matrix W (outputs × 9·inputs),
 *
 * <pre>  Y = W P.</pre>
 *
 * <p>For a loss with gradient Ȳ = ∂L/∂Y, dL = tr(Ȳᵀ dW P) + tr(Ȳᵀ W dP), hence
 *
 * <pre>  ∂L/∂W = Ȳ Pᵀ,   ∂L/∂P = Wᵀ Ȳ,</pre>
 *
 * <p>and the gradient of the input is the adjoint of gathering patches, applied to ∂L/∂P. P is made
 * a few images at a time and never held as a whole: it has nine times the input's size, and making
 * it again costs less than fetching it from memory.
 */
final class Convolution {
  /** Numbers in a block of P: 80 Ki doubles (640 KB) stay in a second-level cache. */
  private static final int BLOCK = 80 << 10;

  /** Columns in a block of P: as deep as products with many more rows than columns may be. */
  private static final int BLOCK_COLUMNS = 1 << 10;

  private final int inputs;
  private final int outputs;
  private final int stride;
  private final Parameter weights;
  private final Gemm gemm = new Gemm();
  private final Buffer columns = new Buffer();
  private final Buffer output = new Buffer();
  private final Buffer inputGradient = new Buffer();
  private final double[] weightGradient;

  /**
   * @param name of the weights
   * @param inputs channels
   * @param outputs channels
   * @param stride distance of neighbouring patches
   * @param random source of the weights, normal with variance 2/(9·inputs) after He et al. (2015)
   */
  Convolution(String name, int inputs, int outputs, int stride, RandomGenerator random) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.stride = stride;
    int rows = Patches.rows(inputs);
    this.weights = new Parameter(name, new double[outputs * rows], true);
    this.weightGradient = new double[outputs * rows];
    double deviation = Math.sqrt(2.0 / rows);
    Arrays.setAll(weights.values(), i -> deviation * random.nextGaussian());
  }

  /** W, column-major. */
  Parameter weights() {
    return weights;
  }

  /** Y and what its gradients need; valid until this layer's next forward. */
  Pass forward(Features input) {
    if (input.channels() != inputs) {
      throw new IllegalArgumentException(
          "channels: expected %d, got %d".formatted(inputs, input.channels()));
    }
    Patches patches = new Patches(input, stride);
    int rows = patches.rows();
    double[] values = output.ofLength(outputs * patches.outputPixels() * input.images());
    forEachBlock(
        patches,
        input.images(),
        (block, first, count, outputOffset, pixels) -> {
          patches.gather(input.values(), first, count, block);
          gemm.multiply(
              Transpose.NO,
              Transpose.NO,
              outputs,
              pixels,
              rows,
              1,
              weights.values(),
              0,
              outputs,
              block,
              0,
              rows,
              0,
              values,
              outputOffset,
              outputs);
        });
    return new Pass(
        input,
        patches,
        new Features(
            outputs, input.images(), patches.outputHeight(), patches.outputWidth(), values));
  }

  /** Covers all images with blocks of P, of as many whole images as fit. */
  private void forEachBlock(Patches patches, int images, BlockAction action) {
    int pixels = patches.outputPixels();
    int image = patches.rows() * pixels;
    int most = Math.min(BLOCK / image, BLOCK_COLUMNS / pixels);
    int blockImages = Math.clamp(most, 1, images);
    double[] block = columns.ofLength(image * blockImages);
    for (int first = 0; first < images; first += blockImages) {
      int count = Math.min(blockImages, images - first);
      action.accept(block, first, count, first * pixels * outputs, count * pixels);
    }
  }

  /** Works on the columns of P, {@code pixels} in number, of {@code count} images. */
  @FunctionalInterface
  private interface BlockAction {
    void accept(double[] block, int first, int count, int outputOffset, int pixels);
  }

  /** One forward computation. */
  final class Pass {
    private final Features input;
    private final Patches patches;
    private final Features output;

    private Pass(Features input, Patches patches, Features output) {
      this.input = input;
      this.patches = patches;
      this.output = output;
    }

    /** Y. */
    Features output() {
      return output;
    }

    /** ∂L/∂W = Ȳ Pᵀ, given Ȳ. */
    double[] weightGradient(double[] outputGradient) {
      int rows = patches.rows();
      Arrays.fill(weightGradient, 0);
      forEachBlock(
          patches,
          input.images(),
          (block, first, count, outputOffset, pixels) -> {
            patches.gather(input.values(), first, count, block);
            gemm.multiply(
                Transpose.NO,
                Transpose.YES,
                outputs,
                rows,
                pixels,
                1,
                outputGradient,
                outputOffset,
                outputs,
                block,
                0,
                rows,
                1,
                weightGradient,
                0,
                outputs);
          });
      return weightGradient;
    }

    /** The gradient of the input, given Ȳ. */
    double[] inputGradient(double[] outputGradient) {
      int rows = patches.rows();
      double[] gradient = inputGradient.ofLength(input.values().length);
      Arrays.fill(gradient, 0);
      forEachBlock(
          patches,
          input.images(),
          (block, first, count, outputOffset, pixels) -> {
            gemm.multiply(
                Transpose.YES,
                Transpose.NO,
                rows,
                pixels,
                outputs,
                1,
                weights.values(),
                0,
                outputs,
                outputGradient,
                outputOffset,
                outputs,
                0,
                block,
                0,
                rows);
            patches.scatter(block, first, count, gradient);
          });
      return gradient;
    }
  }
}
