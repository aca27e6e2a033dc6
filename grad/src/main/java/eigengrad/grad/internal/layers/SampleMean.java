package eigengrad.grad.internal.layers;

import eigengrad.simd.Kernels;

/** Means over the samples of C×N features, column-major. */
public final class SampleMean {
  private SampleMean() {}

  /** The mean of each channel over N ≥ 1 samples. */
  public static double[] of(int channels, double[] features) {
    double[] mean = new double[channels];
    for (int at = 0; at < features.length; at += channels) {
      Kernels.level1().axpy(channels, 1, features, at, mean, 0);
    }
    int samples = features.length / channels;
    Kernels.level1().scale(channels, 1.0 / samples, mean, 0);
    return mean;
  }

  /** Subtracts the same from each sample, in place. */
  public static void subtract(double[] mean, double[] features) {
    int channels = mean.length;
    for (int at = 0; at < features.length; at += channels) {
      Kernels.level1().axpy(channels, -1, mean, 0, features, at);
    }
  }
}
