package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

/**
 * Denoising by statistics that are given, Z = PD⁻¹(X − mean): an affine map of each sample alone.
 */
public final class FrozenDenoising {
  private final Standardisation standardisation;
  private final DenseMatrix projector;
  private final int components;

  private FrozenDenoising(Standardisation standardisation, DenseMatrix projector, int components) {
    this.standardisation = standardisation;
    this.projector = projector;
    this.components = components;
  }

  /**
   * By mean and covariance, C and C×C, and the leading components of the correlation that belongs
   * to it.
   *
   * @throws NonFiniteException if a variance is not finite
   */
  public static FrozenDenoising of(
      double[] mean, double[] covariance, double epsilon, ComponentCount components) {
    Standardisation standardisation = standardisation(mean, covariance, epsilon);
    LeadingProjector.Pass leading =
        LeadingProjector.exact()
            .forward(correlation(covariance, standardisation.deviation()), components);
    return new FrozenDenoising(standardisation, leading.matrix(), leading.components());
  }

  /** Keeps all components. */
  public static FrozenDenoising ofAll(double[] mean, double[] covariance, double epsilon) {
    return new FrozenDenoising(
        standardisation(mean, covariance, epsilon),
        DenseMatrix.identity(mean.length),
        mean.length);
  }

  private static Standardisation standardisation(
      double[] mean, double[] covariance, double epsilon) {
    double[] variance = new double[mean.length];
    for (int c = 0; c < variance.length; c++) {
      variance[c] = covariance[c * (mean.length + 1)];
    }
    return Standardisation.of(mean, variance, epsilon);
  }

  private static DenseMatrix correlation(double[] covariance, double[] deviation) {
    int channels = deviation.length;
    double[] correlation = covariance.clone();
    for (int j = 0; j < channels; j++) {
      for (int i = 0; i < channels; i++) {
        correlation[i + j * channels] /= deviation[i] * deviation[j];
      }
    }
    return DenseMatrix.wrap(channels, channels, correlation);
  }

  /** How many components are kept. */
  public int components() {
    return components;
  }

  /** Z from X, C×N. */
  public double[] denoised(DenseMatrix features) {
    double[] x = features.toArray();
    standardisation.apply(x);
    return projected(x);
  }

  /** ∂L/∂X from ∂L/∂Z. */
  public DenseMatrix backward(double[] denoisedGradient) {
    double[] gradient = projected(denoisedGradient);
    standardisation.divide(gradient);
    return Cotangents.finiteResult("∂L/∂X", projector.rows(), gradient);
  }

  private double[] projected(double[] x) {
    double[] image = new double[x.length];
    int channels = projector.rows();
    new Gemm()
        .multiply(
            Transpose.NO,
            Transpose.NO,
            channels,
            x.length / channels,
            channels,
            projector.columnMajor(),
            x,
            image);
    return image;
  }
}
