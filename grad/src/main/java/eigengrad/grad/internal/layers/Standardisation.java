package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;

/**
 * What gives every channel mean 0 and variance v/(v + ε): X̂ = (X − mean)/√(v + ε).
 *
 * @param mean of each channel
 * @param deviation √(v + ε) of each channel
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record Standardisation(double[] mean, double[] deviation) {

  /**
   * By the variance of each channel.
   *
   * @throws NonFiniteException if one overflows
   */
  static Standardisation ofVariance(double[] mean, double[] variance, double epsilon) {
    double[] deviation = new double[variance.length];
    for (int c = 0; c < deviation.length; c++) {
      deviation[c] = Math.sqrt(variance[c] + epsilon);
      if (!(deviation[c] <= Double.MAX_VALUE)) {
        throw new NonFiniteException(
            "the variance of channel %d overflows: scale the features down by a power of two"
                .formatted(c));
      }
    }
    return new Standardisation(mean, deviation);
  }

  /**
   * By the diagonal of a covariance, C×C.
   *
   * @throws NonFiniteException if an element of it overflows
   */
  static Standardisation ofCovariance(double[] mean, double[] covariance, double epsilon) {
    double[] variance = new double[mean.length];
    for (int c = 0; c < variance.length; c++) {
      variance[c] = covariance[c * (mean.length + 1)];
    }
    return ofVariance(mean, variance, epsilon);
  }

  /** X̂ from X, in place. */
  void apply(double[] features) {
    SampleMean.subtract(mean, features);
    divide(features);
  }

  /** Divides every sample by the deviations, in place. */
  void divide(double[] features) {
    int channels = deviation.length;
    for (int at = 0; at < features.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        features[at + c] /= deviation[c];
      }
    }
  }

  /** The correlation that belongs to a covariance, v/(v + ε) on its diagonal. */
  DenseMatrix correlation(double[] covariance) {
    int channels = deviation.length;
    double[] correlation = covariance.clone();
    for (int j = 0; j < channels; j++) {
      for (int i = 0; i < channels; i++) {
        correlation[i + j * channels] /= deviation[i] * deviation[j];
      }
    }
    return DenseMatrix.wrap(channels, channels, correlation);
  }

  /** The way back. */
  DenseMatrix covariance(DenseMatrix correlation) {
    int channels = deviation.length;
    double[] covariance = correlation.toArray();
    for (int j = 0; j < channels; j++) {
      for (int i = 0; i < channels; i++) {
        covariance[i + j * channels] *= deviation[i] * deviation[j];
      }
    }
    return DenseMatrix.wrap(channels, channels, covariance);
  }
}
