package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.DenseMatrix;

/**
 * What gives every channel variance v/(v + ε): division by √(v + ε).
 *
 * @param deviation √(v + ε) of each channel
 */
@SuppressWarnings("ArrayRecordComponent") // only read
record Standardisation(double[] deviation) {

  /**
   * By the diagonal of a covariance.
   *
   * @throws NonFiniteException if a variance overflows
   */
  static Standardisation ofCovariance(DenseMatrix covariance, double epsilon) {
    double[] deviation = new double[covariance.rows()];
    for (int c = 0; c < deviation.length; c++) {
      deviation[c] = Math.sqrt(covariance.get(c, c) + epsilon);
      if (!(deviation[c] <= Double.MAX_VALUE)) {
        throw new NonFiniteException(
            "the variance of channel %d overflows: scale the features down by a power of two"
                .formatted(c));
      }
    }
    return new Standardisation(deviation);
  }

  /** v + ε of a channel. */
  double variance(int channel) {
    return deviation[channel] * deviation[channel];
  }

  /** AD⁻¹. */
  DenseMatrix dividedColumns(DenseMatrix a) {
    int channels = deviation.length;
    double[] divided = a.toArray();
    for (int at = 0; at < divided.length; at++) {
      divided[at] /= deviation[at / channels];
    }
    return DenseMatrix.wrap(channels, channels, divided);
  }

  /** D⁻¹AD⁻¹: the correlation that belongs to a covariance, v/(v + ε) on its diagonal. */
  DenseMatrix correlation(DenseMatrix a) {
    int channels = deviation.length;
    double[] correlation = a.toArray();
    for (int j = 0; j < channels; j++) {
      for (int i = 0; i < channels; i++) {
        correlation[i + j * channels] /= deviation[i] * deviation[j];
      }
    }
    return DenseMatrix.wrap(channels, channels, correlation);
  }
}
