package eigengrad.grad.layers;

import eigengrad.grad.Samples;
import eigengrad.linalg.DenseMatrix;

/** Features to denoise, and what becomes of them, in plain loops. */
final class Standardised {
  private Standardised() {}

  /** Correlated channels with means and scales of their own. */
  static DenseMatrix features(int channels, int samples, long seed) {
    DenseMatrix mix = Samples.gaussian(channels, channels, 1000 + seed);
    double[] x = mix.times(Samples.gaussian(channels, samples, seed)).toArray();
    for (int i = 0; i < x.length; i++) {
      int c = i % channels;
      x[i] = (1 + c) * x[i] + 3 * c - 5;
    }
    return DenseMatrix.wrap(channels, samples, x);
  }

  /**
   * Up to seven channels by eight samples of mean 0 whose correlation is I + ρ(11ᵀ − I) but for
   * rounding: one eigenvalue 1 + (d − 1)ρ and all others 1 − ρ.
   */
  static DenseMatrix equallyCorrelated(int channels, double rho) {
    double[] white = new double[channels * 8];
    for (int s = 0; s < 8; s++) {
      for (int c = 0; c < channels; c++) {
        white[c + channels * s] = Integer.bitCount(s & (c + 1)) % 2 == 0 ? 1 : -1;
      }
    }
    double common = Math.sqrt(1 - rho);
    double ofSum = (Math.sqrt(1 + (channels - 1) * rho) - common) / channels;
    double[] root = new double[channels * channels];
    for (int i = 0; i < root.length; i++) {
      root[i] = ofSum + (i % (channels + 1) == 0 ? common : 0);
    }
    return DenseMatrix.wrap(channels, channels, root).times(DenseMatrix.wrap(channels, 8, white));
  }

  /** (X − mean)/√(v + ε). */
  static DenseMatrix of(DenseMatrix x, double epsilon) {
    int samples = x.columns();
    double[] standardised = new double[x.rows() * samples];
    for (int c = 0; c < x.rows(); c++) {
      double mean = 0;
      for (int s = 0; s < samples; s++) {
        mean += x.get(c, s) / samples;
      }
      double variance = 0;
      for (int s = 0; s < samples; s++) {
        variance += (x.get(c, s) - mean) * (x.get(c, s) - mean) / samples;
      }
      for (int s = 0; s < samples; s++) {
        standardised[c + s * x.rows()] = (x.get(c, s) - mean) / Math.sqrt(variance + epsilon);
      }
    }
    return DenseMatrix.wrap(x.rows(), samples, standardised);
  }

  /** X̂X̂ᵀ/N. */
  static DenseMatrix correlation(DenseMatrix standardised) {
    return standardised
        .times(standardised.transpose())
        .times(1.0 / standardised.columns())
        .symmetricPart();
  }

  /** The mean of a row. */
  static double mean(DenseMatrix x, int channel) {
    double sum = 0;
    for (int s = 0; s < x.columns(); s++) {
      sum += x.get(channel, s);
    }
    return sum / x.columns();
  }

  /** The covariance of two rows, divided by N. */
  static double covariance(DenseMatrix x, int i, int j) {
    double sum = 0;
    for (int s = 0; s < x.columns(); s++) {
      sum += (x.get(i, s) - mean(x, i)) * (x.get(j, s) - mean(x, j));
    }
    return sum / x.columns();
  }
}
