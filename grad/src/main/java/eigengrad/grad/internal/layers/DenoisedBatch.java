package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;

/**
 * The statistics of one batch and the denoising by them: T = PD⁻¹, where D has the deviations √(v +
 * ε) of the channels, v the diagonal of C, and P is the projector onto the leading components of R
 * = D⁻¹CD⁻¹.
 *
 * <p>Backward, by the chain rule:
 *
 * <pre>∂L/∂P = ∂L/∂T D⁻¹,   ∂L/∂R by the {@link LeadingProjector},
 * ∂L/∂C = D⁻¹ ∂L/∂R D⁻¹ − ½ diag(Pᵀ ∂L/∂P + 2R ∂L/∂R) D⁻².</pre>
 */
public final class DenoisedBatch {
  private final ChannelGroups groups;
  private final CentredFeatures features;
  private final DenseMatrix covariance;
  private final Standardisation standardisation;
  private final DenseMatrix correlation;
  private final LeadingProjector.Pass projector;

  private DenoisedBatch(
      DenseMatrix features, double epsilon, ComponentCount components, LeadingProjector projector) {
    this.groups = ChannelGroups.single(features.rows());
    this.features = CentredFeatures.aboutOwnMean(features);
    this.covariance = this.features.covariances(groups)[0];
    this.standardisation = Standardisation.ofCovariance(covariance, epsilon);
    this.correlation = standardisation.correlation(covariance);
    this.projector = projector.forward(correlation, components);
  }

  /**
   * Denoises C×N features, N ≥ 1.
   *
   * @throws IllegalArgumentException if the features are not finite
   * @throws NonFiniteException if a variance overflows
   */
  public static DenoisedBatch of(
      DenseMatrix features, double epsilon, ComponentCount components, LeadingProjector projector) {
    return new DenoisedBatch(features, epsilon, components, projector);
  }

  /** N. */
  int samples() {
    return features.samples();
  }

  /** The batch's mean; not to be modified. */
  double[] mean() {
    return features.mean();
  }

  /** The batch's covariance, exactly symmetric. */
  DenseMatrix covariance() {
    return covariance;
  }

  /** The layer on this batch. */
  public FeatureMap map(ChannelAffine affine) {
    DenseMatrix[] transform = {standardisation.dividedColumns(projector.matrix())};
    return FeatureMap.ofBatch(
        groups,
        features,
        transform,
        affine,
        ofTransform -> new DenseMatrix[] {covarianceGradient(ofTransform[0])});
  }

  /** ∂L/∂C from ∂L/∂T. */
  private DenseMatrix covarianceGradient(DenseMatrix ofTransform) {
    int channels = covariance.rows();
    DenseMatrix ofProjector = standardisation.dividedColumns(ofTransform);
    Cotangents.finiteResult("∂L/∂P", channels, ofProjector.columnMajor());
    DenseMatrix ofCorrelation = projector.backward(ofProjector.symmetricPart());
    double[] gradient = standardisation.correlation(ofCorrelation).toArray();
    for (int c = 0; c < channels; c++) {
      double along =
          columnProduct(c, projector.matrix(), ofProjector)
              + 2 * columnProduct(c, correlation, ofCorrelation);
      gradient[c * (channels + 1)] -= 0.5 * along / standardisation.variance(c);
    }
    return DenseMatrix.wrap(channels, channels, gradient);
  }

  /** The scalar product of column c of each. */
  private static double columnProduct(int c, DenseMatrix a, DenseMatrix b) {
    double sum = 0;
    for (int i = 0; i < a.rows(); i++) {
      sum += a.get(i, c) * b.get(i, c);
    }
    return sum;
  }
}
