package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;

/**
 * A batch projected onto the leading principal components of its standardised features X̂.
 *
 * <p>Backward, with Z = PX̂, R = X̂X̂ᵀ/N and ∂L/∂P = ∂L/∂Z X̂ᵀ, ∂L/∂R by the {@link
 * LeadingProjector}:
 *
 * <pre>∂L/∂X̂ = P ∂L/∂Z + (2/N) ∂L/∂R X̂,</pre>
 *
 * and from there as in batch normalisation.
 */
public final class DenoisedBatch {
  private final StandardisedBatch batch;
  private final DenseMatrix correlation;
  private final LeadingProjector.Pass projector;

  private DenoisedBatch(
      StandardisedBatch batch, DenseMatrix correlation, LeadingProjector.Pass projector) {
    this.batch = batch;
    this.correlation = correlation;
    this.projector = projector;
  }

  /**
   * Denoises C×N features, N ≥ 1.
   *
   * @throws NonFiniteException if a variance overflows
   */
  public static DenoisedBatch of(
      DenseMatrix features, double epsilon, ComponentCount components, LeadingProjector projector) {
    StandardisedBatch batch = StandardisedBatch.of(features, epsilon);
    DenseMatrix correlation = batch.correlation();
    return new DenoisedBatch(batch, correlation, projector.forward(correlation, components));
  }

  /** N. */
  int samples() {
    return batch.samples();
  }

  /** The batch's mean; not to be modified. */
  double[] mean() {
    return batch.mean();
  }

  /** The batch's covariance, C×C, exactly symmetric. */
  DenseMatrix covariance() {
    return batch.covariance(correlation);
  }

  /** Z, C×N. */
  public double[] denoised() {
    return ChannelMixing.of(projector.matrix(), batch.standardised());
  }

  /** ∂L/∂X from ∂L/∂Z. */
  public DenseMatrix backward(double[] denoisedGradient) {
    int channels = correlation.rows();
    double[] standardised = batch.standardised();
    DenseMatrix ofProjector =
        Cotangents.finiteResult(
            "∂L/∂P", channels, ChannelMixing.product(channels, denoisedGradient, standardised));
    DenseMatrix ofCorrelation = projector.backward(ofProjector.symmetricPart());
    double[] gradient = ChannelMixing.of(projector.matrix(), denoisedGradient);
    ChannelMixing.add(2.0 / samples(), ofCorrelation, standardised, 1, gradient);
    batch.backward(gradient);
    return Cotangents.finiteResult("∂L/∂X", channels, gradient);
  }
}
