package eigengrad.bench.paper;

import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * The 3×3 patches of images as columns of a matrix ("im2col"), and the adjoint of that map.
 *
 * <p>Column p holds the patch around output pixel p: {@code SIDE²·channels} numbers, patch row by
 * patch row, pixel by pixel, channel fastest. Pixels outside the image are zero (padding of one
 * pixel), so an image of height h gives ⌈h/stride⌉ rows of output pixels.
 */
final class Patches {
  /** Pixels along an edge of a patch. */
  static final int SIDE = 3;

  private static final int PADDING = 1;

  private final int channels;
  private final int height;
  private final int width;
  private final int stride;

  /**
   * @param input whose patches are meant; only its shape matters here
   * @param stride distance of neighbouring patches
   */
  Patches(Features input, int stride) {
    this.channels = input.channels();
    this.height = input.height();
    this.width = input.width();
    this.stride = stride;
  }

  /** Rows of output pixels. */
  int outputHeight() {
    return (height + stride - 1) / stride;
  }

  /** Output pixels in a row. */
  int outputWidth() {
    return (width + stride - 1) / stride;
  }

  /** Output pixels in an image: columns of the matrix per image. */
  int outputPixels() {
    return outputHeight() * outputWidth();
  }

  /** Rows of the matrix. */
  int rows() {
    return rows(channels);
  }

  /** Numbers in a patch with so many channels. */
  static int rows(int channels) {
    return SIDE * SIDE * channels;
  }

  /** Writes the patches of {@code count} images, from image {@code first} on, into columns. */
  void gather(double[] images, int first, int count, double[] columns) {
    Arrays.fill(columns, 0, count * outputPixels() * rows(), 0);
    forEachRun(
        first,
        count,
        (column, pixel, length) -> System.arraycopy(images, pixel, columns, column, length));
  }

  /** Adds every column to the pixels it was gathered from: the adjoint of {@link #gather}. */
  void scatter(double[] columns, int first, int count, double[] images) {
    forEachRun(
        first,
        count,
        (column, pixel, length) ->
            Kernels.level1().axpy(length, 1, columns, column, images, pixel));
  }

  /** Visits each patch's rows, without what lies outside the image. */
  private void forEachRun(int first, int count, RunAction action) {
    int patchRow = 0;
    for (int image = first; image < first + count; image++) {
      for (int outY = 0; outY < outputHeight(); outY++) {
        for (int outX = 0; outX < outputWidth(); outX++) {
          int left = outX * stride - PADDING;
          int begin = Math.max(0, left);
          int end = Math.min(width, left + SIDE);
          int top = outY * stride - PADDING;
          for (int y = top; y < top + SIDE; y++) {
            if (y >= 0 && y < height) {
              int column = (patchRow * SIDE + begin - left) * channels;
              int pixel = ((image * height + y) * width + begin) * channels;
              action.accept(column, pixel, (end - begin) * channels);
            }
            patchRow++;
          }
        }
      }
    }
  }

  /** Takes a run of numbers: where it starts in the columns and in the images, and its length. */
  @FunctionalInterface
  private interface RunAction {
    void accept(int column, int pixel, int length);
  }
}
