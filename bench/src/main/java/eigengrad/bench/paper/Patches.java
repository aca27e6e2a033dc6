package eigengrad.bench.paper;

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
    int patchRow = 0;
    for (int image = first; image < first + count; image++) {
      for (int outY = 0; outY < outputHeight(); outY++) {
        for (int outX = 0; outX < outputWidth(); outX++) {
          for (int dy = 0; dy < SIDE; dy++) {
            gatherRow(images, image, outY * stride - PADDING + dy, outX, columns, patchRow);
            patchRow += SIDE * channels;
          }
        }
      }
    }
  }

  /** Writes a row of a patch, and zeros for what lies outside the image. */
  private void gatherRow(
      double[] images, int image, int y, int outX, double[] columns, int patchRow) {
    int length = SIDE * channels;
    if (y < 0 || y >= height) {
      Arrays.fill(columns, patchRow, patchRow + length, 0);
      return;
    }
    int before = before(outX);
    int end = end(outX);
    if (before > 0 || end < length) {
      Arrays.fill(columns, patchRow, patchRow + before, 0);
      Arrays.fill(columns, patchRow + end, patchRow + length, 0);
    }
    System.arraycopy(images, at(image, y, outX) + before, columns, patchRow + before, end - before);
  }

  /** Adds every column to the pixels it was gathered from: the adjoint of {@link #gather}. */
  void scatter(double[] columns, int first, int count, double[] images) {
    int patchRow = 0;
    for (int image = first; image < first + count; image++) {
      for (int outY = 0; outY < outputHeight(); outY++) {
        for (int outX = 0; outX < outputWidth(); outX++) {
          for (int dy = 0; dy < SIDE; dy++) {
            int y = outY * stride - PADDING + dy;
            if (y >= 0 && y < height) {
              int before = before(outX);
              add(
                  end(outX) - before,
                  columns,
                  patchRow + before,
                  images,
                  at(image, y, outX) + before);
            }
            patchRow += SIDE * channels;
          }
        }
      }
    }
  }

  private static void add(int length, double[] from, int fromAt, double[] to, int toAt) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += from[fromAt + i];
    }
  }

  /** Where in the images a row of a patch begins, even if that is outside. */
  private int at(int image, int y, int outX) {
    return ((image * height + y) * width + outX * stride - PADDING) * channels;
  }

  /** Numbers of a row of a patch that lie left of the image. */
  private int before(int outX) {
    return Math.max(0, PADDING - outX * stride) * channels;
  }

  /** Numbers of a row of a patch up to the right edge of the image. */
  private int end(int outX) {
    return Math.min(SIDE, width - outX * stride + PADDING) * channels;
  }
}
