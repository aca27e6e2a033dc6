package eigengrad.bench.paper;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.Checksum;

/**
 * Labelled 32×32 colour images.
 *
 * <p>Pixels are kept as bytes, an eighth of their size as numbers, and normalised to zero mean and
 * unit deviation a channel (of the training set) when they are put into a batch.
 */
final class ImageSet {
  /** Pixels along an edge. */
  static final int SIDE = 32;

  /** Red, green, blue. */
  static final int CHANNELS = 3;

  /** Labels are 0 … CLASSES − 1. */
  static final int CLASSES = 10;

  /** Bytes in an image. */
  static final int IMAGE_BYTES = SIDE * SIDE * CHANNELS;

  private final byte[] pixels;
  private final int[] labels;

  /** The normalised value of each channel's 256 pixel values. */
  private final double[] normalised = new double[CHANNELS * 256];

  /**
   * @param pixels image after image, row by row, channel fastest; not copied
   * @param labels one per image; not copied
   * @param statistics of the training set
   */
  ImageSet(byte[] pixels, int[] labels, ChannelStatistics statistics) {
    if (pixels.length != labels.length * IMAGE_BYTES) {
      throw new IllegalArgumentException(
          "pixels: expected %d x %d bytes, got %d"
              .formatted(labels.length, IMAGE_BYTES, pixels.length));
    }
    this.pixels = pixels;
    this.labels = labels;
    for (int c = 0; c < CHANNELS; c++) {
      for (int value = 0; value < 256; value++) {
        normalised[c * 256 + value] = (value - statistics.means()[c]) / statistics.deviations()[c];
      }
    }
  }

  /** Number of images. */
  int count() {
    return labels.length;
  }

  /** Takes pixels and labels into a checksum. */
  void addTo(Checksum checksum) {
    checksum.update(pixels);
    for (int label : labels) {
      checksum.update(label);
    }
  }

  /** The class of an image. */
  int label(int image) {
    return labels[image];
  }

  /** The images with these indices, their values written into the buffer's array. */
  Batch batch(int[] images, Buffer buffer) {
    double[] values = buffer.ofLength(images.length * IMAGE_BYTES);
    int to = 0;
    for (int image : images) {
      int end = (image + 1) * IMAGE_BYTES;
      for (int from = image * IMAGE_BYTES; from < end; from += CHANNELS) {
        for (int c = 0; c < CHANNELS; c++) {
          values[to++] = normalised[c * 256 + (pixels[from + c] & 0xff)];
        }
      }
    }
    return new Batch(
        new Features(CHANNELS, images.length, SIDE, SIDE, values),
        Arrays.stream(images).map(this::label).toArray());
  }

  /** Images {@code first} to {@code end} − 1, in their order. */
  Batch batch(int first, int end, Buffer buffer) {
    return batch(IntStream.range(first, end).toArray(), buffer);
  }

  /**
   * Some images.
   *
   * @param images normalised
   * @param labels one per image
   */
  record Batch(Features images, int[] labels) {}
}
