package eigengrad.bench.paper;

/**
 * The mean of the rectified pixels of each 2×2 block, y = (r₁ + r₂ + r₃ + r₄)/4 with r = max(x, 0)
 * for finite x; a NaN stays one.
 *
 * <p>Each of a block's four inputs has a quarter of its output's gradient where x > 0, and 0
 * elsewhere, as in {@link Relu}. No more than a row of pixels is held between the two steps: the
 * input has four times the size of the output, and it is memory that takes the time.
 */
final class RectifiedPooling {
  private final Buffer output = new Buffer();
  private final Buffer inputGradient = new Buffer();
  private final Buffer rowOfPixels = new Buffer();

  /** The means, in half the height and width; valid until this layer's next forward. */
  Pass forward(Features input) {
    if (input.height() % 2 != 0 || input.width() % 2 != 0) {
      throw new IllegalArgumentException(
          "height and width: expected even numbers, got %d and %d"
              .formatted(input.height(), input.width()));
    }
    int channels = input.channels();
    int rowLength = input.width() * channels;
    double[] x = input.values();
    double[] y = output.ofLength(x.length / 4);
    double[] sums = rowOfPixels.ofLength(rowLength);
    int to = 0;
    for (int row = 0; row < x.length; row += 2 * rowLength) {
      addRows(x, row, sums);
      for (int block = 0; block < rowLength; block += 2 * channels) {
        for (int c = 0; c < channels; c++) {
          y[to + c] = 0.25 * (sums[block + c] + sums[block + channels + c]);
        }
        to += channels;
      }
    }
    return new Pass(
        input, new Features(channels, input.images(), input.height() / 2, input.width() / 2, y));
  }

  /**
   * sums ← a row of rectified pixels and the one below it. Compilers vectorise max(x, 0) as (x +
   * |x|)/2, which is the same.
   */
  private static void addRows(double[] x, int row, double[] sums) {
    int below = row + sums.length;
    for (int i = 0; i < sums.length; i++) {
      double upper = x[row + i] + Math.abs(x[row + i]);
      double lower = x[below + i] + Math.abs(x[below + i]);
      sums[i] = 0.5 * (upper + lower);
    }
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
      int rowLength = input.width() * channels;
      double[] x = input.values();
      double[] gradient = inputGradient.ofLength(x.length);
      double[] spread = rowOfPixels.ofLength(rowLength);
      int from = 0;
      for (int row = 0; row < x.length; row += 2 * rowLength) {
        for (int block = 0; block < rowLength; block += 2 * channels) {
          System.arraycopy(outputGradient, from, spread, block, channels);
          System.arraycopy(outputGradient, from, spread, block + channels, channels);
          from += channels;
        }
        shareRow(x, row, spread, gradient);
        shareRow(x, row + rowLength, spread, gradient);
      }
      return gradient;
    }
  }

  /**
   * A row's gradient: a quarter where x > 0, else 0. The sign bit of 0 − x, spread over 64 bits,
   * chooses without a branch, which random signs would make the processor mispredict.
   */
  private static void shareRow(double[] x, int row, double[] spread, double[] gradient) {
    for (int i = 0; i < spread.length; i++) {
      long positive = Double.doubleToRawLongBits(0 - x[row + i]) >> 63;
      long share = Double.doubleToRawLongBits(0.25 * spread[i]);
      gradient[row + i] = Double.longBitsToDouble(share & positive);
    }
  }
}
