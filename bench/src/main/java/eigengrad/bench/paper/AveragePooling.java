package eigengrad.bench.paper;

/**
 * The mean of each 2×2 block of pixels.
 *
 * <p>y = (x₁ + x₂ + x₃ + x₄)/4, so each of a block's four inputs has a quarter of its output's
 * gradient.
 */
final class AveragePooling {
  private final Buffer output = new Buffer();
  private final Buffer inputGradient = new Buffer();

  /** The means, in half the height and width; valid until this layer's next forward. */
  Pass forward(Features input) {
    if (input.height() % 2 != 0 || input.width() % 2 != 0) {
      throw new IllegalArgumentException(
          "height and width: expected even numbers, got %d and %d"
              .formatted(input.height(), input.width()));
    }
    int channels = input.channels();
    int below = input.width() * channels;
    int height = input.height() / 2;
    int width = input.width() / 2;
    double[] x = input.values();
    double[] y = output.ofLength(x.length / 4);
    int to = 0;
    for (int row = 0; row < input.images() * height; row++) {
      for (int column = 0; column < width; column++) {
        int from = (2 * row * input.width() + 2 * column) * channels;
        for (int c = 0; c < channels; c++) {
          int i = from + c;
          y[to + c] = 0.25 * (x[i] + x[i + channels] + (x[i + below] + x[i + below + channels]));
        }
        to += channels;
      }
    }
    return new Pass(input, new Features(channels, input.images(), height, width, y));
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
      int below = input.width() * channels;
      double[] gradient = inputGradient.ofLength(input.values().length);
      int from = 0;
      for (int row = 0; row < output.images() * output.height(); row++) {
        for (int column = 0; column < output.width(); column++) {
          int to = (2 * row * input.width() + 2 * column) * channels;
          for (int c = 0; c < channels; c++) {
            double share = 0.25 * outputGradient[from + c];
            int i = to + c;
            gradient[i] = share;
            gradient[i + channels] = share;
            gradient[i + below] = share;
            gradient[i + below + channels] = share;
          }
          from += channels;
        }
      }
      return gradient;
    }
  }
}
