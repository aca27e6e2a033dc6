package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.SymmetricProducts;
import eigengrad.linalg.DenseMatrix;

/**
 * A batch standardised by its own mean and variance.
 *
 * <p>Backward, the products by channel and the means over the samples:
 *
 * <pre>∂L/∂X = (∂L/∂X̂ − mean(∂L/∂X̂) − X̂ mean(X̂ ∘ ∂L/∂X̂))/√(v + ε).</pre>
 *
 * <p>Source: S. Ioffe and C. Szegedy, <i>Batch Normalization</i>, ICML 2015, section 3.
 */
final class StandardisedBatch {
  private final Standardisation standardisation;
  private final double[] standardised;

  private StandardisedBatch(Standardisation standardisation, double[] standardised) {
    this.standardisation = standardisation;
    this.standardised = standardised;
  }

  /**
   * Standardises C×N features, N ≥ 1.
   *
   * @throws NonFiniteException if a variance overflows
   */
  static StandardisedBatch of(DenseMatrix features, double epsilon) {
    double[] x = features.toArray();
    double[] mean = SampleMean.of(features.rows(), x);
    SampleMean.subtract(mean, x);
    Standardisation standardisation =
        Standardisation.ofVariance(mean, meanProduct(features.rows(), x, x), epsilon);
    standardisation.divide(x);
    return new StandardisedBatch(standardisation, x);
  }

  /** The mean over the samples of x ∘ y, for each channel. */
  private static double[] meanProduct(int channels, double[] x, double[] y) {
    double[] mean = new double[channels];
    for (int at = 0; at < x.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        mean[c] += x[at + c] * y[at + c];
      }
    }
    int samples = x.length / channels;
    for (int c = 0; c < channels; c++) {
      mean[c] /= samples;
    }
    return mean;
  }

  int channels() {
    return standardisation.mean().length;
  }

  int samples() {
    return standardised.length / channels();
  }

  double[] mean() {
    return standardisation.mean();
  }

  /** X̂, C×N; not to be modified. */
  double[] standardised() {
    return standardised;
  }

  /** X̂X̂ᵀ/N, exactly symmetric, v/(v + ε) on its diagonal. */
  DenseMatrix correlation() {
    return SymmetricProducts.gramOfRows(1.0 / samples(), channels(), samples(), standardised);
  }

  /** The covariance that belongs to a correlation. */
  DenseMatrix covariance(DenseMatrix correlation) {
    return standardisation.covariance(correlation);
  }

  /** ∂L/∂X from ∂L/∂X̂, in place. */
  void backward(double[] gradient) {
    int channels = channels();
    double[] along = meanProduct(channels, standardised, gradient);
    for (int at = 0; at < gradient.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        gradient[at + c] -= standardised[at + c] * along[c];
      }
    }
    SampleMean.subtract(SampleMean.of(channels, gradient), gradient);
    standardisation.divide(gradient);
  }
}
