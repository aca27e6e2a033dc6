package eigengrad.bench.paper;

/**
 * Feature maps of a batch of images, channel fastest: a column-major matrix {@code channels ×
 * (images·height·width)}.
 *
 * <p>Channel c of the pixel (y, x) of image i lies at {@code values[c + channels · (x + width · (y
 * + height · i))]}. All layers share this layout; it makes a convolution's patch three contiguous
 * runs and a normalisation's samples the columns of a matrix.
 *
 * @param channels rows
 * @param images images in the batch
 * @param height rows of pixels in an image
 * @param width pixels in a row
 * @param values the matrix without gaps
 */
record Features(int channels, int images, int height, int width, double[] values) {

  Features {
    int expected = channels * images * height * width;
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "values: expected %d channels x %d images x %d x %d = %d numbers, got %d"
              .formatted(channels, images, height, width, expected, values.length));
    }
  }

  /** Columns of the matrix: pixels of all images. */
  int samples() {
    return images * height * width;
  }

  /** Other values in the same shape. */
  Features withValues(double[] other) {
    return new Features(channels, images, height, width, other);
  }
}
