package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;

/**
 * Denoising by given statistics, PD⁻¹(X − μ) with the deviations D.
 *
 * @param transform μ and PD⁻¹
 * @param components how many are kept
 */
public record FrozenDenoising(FrozenTransform transform, int components) {

  /**
   * By the leading components of the correlation that belongs to a covariance.
   *
   * @param mean C elements; kept
   * @param covariance C×C, symmetric
   * @throws NonFiniteException if a variance overflows
   */
  public static FrozenDenoising of(
      double[] mean, DenseMatrix covariance, double epsilon, ComponentCount components) {
    Standardisation standardisation = Standardisation.ofCovariance(covariance, epsilon);
    LeadingProjector.Pass leading =
        LeadingProjector.exact().forward(standardisation.correlation(covariance), components);
    return of(mean, standardisation, leading.matrix(), leading.components());
  }

  /** Keeps all components. */
  public static FrozenDenoising ofAll(double[] mean, DenseMatrix covariance, double epsilon) {
    return of(
        mean,
        Standardisation.ofCovariance(covariance, epsilon),
        DenseMatrix.identity(mean.length),
        mean.length);
  }

  private static FrozenDenoising of(
      double[] mean, Standardisation standardisation, DenseMatrix projector, int components) {
    DenseMatrix[] transform = {standardisation.dividedColumns(projector)};
    return new FrozenDenoising(
        new FrozenTransform(ChannelGroups.single(mean.length), mean, transform), components);
  }
}
