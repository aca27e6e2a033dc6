package eigengrad.bench.paper;

import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The mean of each channel over an image's pixels.
 *
 * <p>y = (x₁ + … + xₙ)/n, so each of the n pixels has 1/n of the output's gradient.
 */
final class GlobalAverage {
  private final Buffer output = new Buffer();
  private final Buffer inputGradient = new Buffer();

  /** The means, as images of one pixel; valid until this layer's next forward. */
  Pass forward(Features input) {
    int channels = input.channels();
    int pixels = input.height() * input.width();
    double[] means = output.ofLength(channels * input.images());
    Arrays.fill(means, 0);
    for (int sample = 0; sample < input.samples(); sample++) {
      int mean = sample / pixels * channels;
      Kernels.level1().axpy(channels, 1.0 / pixels, input.values(), sample * channels, means, mean);
    }
    return new Pass(input, new Features(channels, input.images(), 1, 1, means));
  }

  /** One forward computation. */
  final class Pass {
    private final Features input;
    private final Features output;

    private Pass(Features input, Features output) {
      this.input = input;
      this.output = output;
    }

    /** The means. */
    Features output() {
      return output;
    }

    /** The gradient of the input, given that of the output. */
    double[] backward(double[] outputGradient) {
      int channels = input.channels();
      int pixels = input.height() * input.width();
      double[] gradient = inputGradient.ofLength(input.values().length);
      double share = 1.0 / pixels;
      for (int sample = 0; sample < input.samples(); sample++) {
        int from = sample / pixels * channels;
        int to = sample * channels;
        for (int c = 0; c < channels; c++) {
          gradient[to + c] = share * outputGradient[from + c];
        }
      }
      return gradient;
    }
  }
}
