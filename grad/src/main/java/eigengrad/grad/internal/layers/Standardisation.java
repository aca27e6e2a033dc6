package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;

/**
 * What gives every channel mean 0 and variance v/(v + ε): X̂ = (X − mean)/√(v + ε).
 *
 * @param mean of each channel
 * @param deviation √(v + ε) of each channel
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record Standardisation(double[] mean, double[] deviation) {

  /**
   * From variances.
   *
   * @throws NonFiniteException if one is not finite
   */
  static Standardisation of(double[] mean, double[] variance, double epsilon) {
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
}
