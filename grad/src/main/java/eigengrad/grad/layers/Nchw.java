package eigengrad.grad.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;

/**
 * The shape of activations in the order of deep-learning frameworks, and their conversion to and
 * from the features that a layer takes.
 *
 * <p>Channel c of the pixel (y, x) of image n lies at index {@code ((n·channels + c)·height +
 * y)·width + x} of the activations. In the features, a {@code channels × (images·height·width)}
 * matrix, it is row c of column {@code (n·height + y)·width + x}. With height = width = 1, the
 * activations are the row-major images × channels matrix of a fully connected layer.
 *
 * <p>Conversions copy and never share an array. Cost: one pass over the data, in blocks that fit
 * the cache.
 *
 * @param samples images in the batch, ≥ 1
 * @param channels C ≥ 1
 * @param height rows of pixels in an image, ≥ 1
 * @param width pixels in a row, ≥ 1
 */
public record Nchw(int samples, int channels, int height, int width) {

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if a size is below 1, or their product more than an array
   *     holds
   */
  public Nchw {
    requirePositive("samples", samples);
    requirePositive("channels", channels);
    requirePositive("height", height);
    requirePositive("width", width);
    long elements = 1;
    for (int size : new int[] {samples, channels, height, width}) {
      elements *= size;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "activations must have at most %d elements, got %d×%d×%d×%d: divide the batch"
                .formatted(Integer.MAX_VALUE, samples, channels, height, width));
      }
    }
  }

  private static void requirePositive(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(name + " must be ≥ 1, got " + size);
    }
  }

  /** Activations, N·C·H·W. */
  private int elements() {
    return samples * channels * height * width;
  }

  private int pixels() {
    return height * width;
  }

  /**
   * Activations as features.
   *
   * @param activations N·C·H·W of them; not modified
   * @return X, C×(N·H·W)
   * @throws IllegalArgumentException if there are more or fewer activations
   */
  public DenseMatrix features(double[] activations) {
    requireElements(activations.length);
    int columns = samples * pixels();
    return DenseMatrix.wrap(channels, columns, channelsFirst(activations));
  }

  /**
   * Activations of single precision as features, exactly.
   *
   * @param activations N·C·H·W of them; not modified
   * @return X, C×(N·H·W)
   * @throws IllegalArgumentException if there are more or fewer activations
   */
  public DenseMatrix features(float[] activations) {
    requireElements(activations.length);
    double[] wide = new double[activations.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = activations[i];
    }
    return features(wide);
  }

  private void requireElements(int length) {
    if (length != elements()) {
      throw new IllegalArgumentException(
          "activations must have %d×%d×%d×%d = %d elements, got %d"
              .formatted(samples, channels, height, width, elements(), length));
    }
  }

  /**
   * Features as activations.
   *
   * @param features Y, C×(N·H·W)
   * @return N·C·H·W activations
   * @throws IllegalArgumentException if Y has another shape
   */
  public double[] toDoubles(DenseMatrix features) {
    int columns = samples * pixels();
    if (features.rows() != channels || features.columns() != columns) {
      throw new IllegalArgumentException(
          "features must be %d×%d, got %d×%d"
              .formatted(channels, columns, features.rows(), features.columns()));
    }
    return channelsLast(features.columnMajor());
  }

  /**
   * Features as activations of single precision, each the nearest one.
   *
   * @param features Y, C×(N·H·W)
   * @return N·C·H·W activations
   * @throws IllegalArgumentException if Y has another shape
   * @throws NonFiniteException if a finite feature exceeds the largest float; one that is not
   *     finite stays what it is
   */
  public float[] toFloats(DenseMatrix features) {
    double[] wide = toDoubles(features);
    float[] activations = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      activations[i] = (float) wide[i];
      if (Float.isInfinite(activations[i]) && Double.isFinite(wide[i])) {
        throw new NonFiniteException(
            "features exceed the largest float: %s at index %d of the activations"
                .formatted(wide[i], i));
      }
    }
    return activations;
  }

  /** An image's pixels × channels matrix, transposed. */
  private double[] channelsFirst(double[] activations) {
    int pixels = pixels();
    if (pixels == 1 || channels == 1) {
      return activations.clone();
    }
    double[] features = new double[activations.length];
    for (int at = 0; at < features.length; at += channels * pixels) {
      Kernels.transposition()
          .transpose(pixels, channels, activations, at, pixels, features, at, channels);
    }
    return features;
  }

  /** The way back. */
  private double[] channelsLast(double[] features) {
    int pixels = pixels();
    if (pixels == 1 || channels == 1) {
      return features.clone();
    }
    double[] activations = new double[features.length];
    for (int at = 0; at < features.length; at += channels * pixels) {
      Kernels.transposition()
          .transpose(channels, pixels, features, at, channels, activations, at, pixels);
    }
    return activations;
  }
}
