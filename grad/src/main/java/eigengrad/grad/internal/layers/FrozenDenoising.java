package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;

/**
 * Denoising by given statistics, Z = PD⁻¹(X − mean) with the deviations D: an affine map of each
 * sample alone.
 *
 * @param standardisation mean and D
 * @param projector P
 * @param components how many are kept
 */
public record FrozenDenoising(
    Standardisation standardisation, DenseMatrix projector, int components) {

  /**
   * By the leading components of the correlation that belongs to a covariance.
   *
   * @param mean C elements; kept
   * @param covariance C×C, symmetric
   * @throws NonFiniteException if a variance overflows
   */
  public static FrozenDenoising of(
      double[] mean, double[] covariance, double epsilon, ComponentCount components) {
    Standardisation standardisation = Standardisation.ofCovariance(mean, covariance, epsilon);
    LeadingProjector.Pass leading =
        LeadingProjector.exact().forward(standardisation.correlation(covariance), components);
    return new FrozenDenoising(standardisation, leading.matrix(), leading.components());
  }

  /** Keeps all components. */
  public static FrozenDenoising ofAll(double[] mean, double[] covariance, double epsilon) {
    return new FrozenDenoising(
        Standardisation.ofCovariance(mean, covariance, epsilon),
        DenseMatrix.identity(mean.length),
        mean.length);
  }

  /** Z from X, C×N. */
  public double[] denoised(DenseMatrix features) {
    double[] x = features.toArray();
    standardisation.apply(x);
    return ChannelMixing.of(projector, x);
  }

  /** ∂L/∂X from ∂L/∂Z. */
  public DenseMatrix backward(double[] denoisedGradient) {
    double[] gradient = ChannelMixing.of(projector, denoisedGradient);
    standardisation.divide(gradient);
    return Cotangents.finiteResult("∂L/∂X", projector.rows(), gradient);
  }
}
