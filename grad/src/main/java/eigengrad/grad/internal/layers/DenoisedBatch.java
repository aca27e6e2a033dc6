package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.layers.LeadingProjector;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Gemm;
import eigengrad.simd.Transpose;

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
  private final LeadingProjector.Pass projector;
  private final double[] covariance;

  private DenoisedBatch(
      StandardisedBatch batch, LeadingProjector.Pass projector, double[] covariance) {
    this.batch = batch;
    this.projector = projector;
    this.covariance = covariance;
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
    return new DenoisedBatch(
        batch,
        projector.forward(correlation, components),
        batch.covariance(correlation).columnMajor());
  }

  /** The batch's mean; not to be modified. */
  public double[] mean() {
    return batch.mean();
  }

  /** The batch's covariance, C×C; not to be modified. */
  public double[] covariance() {
    return covariance;
  }

  /** Z, C×N. */
  public double[] denoised() {
    return projected(batch.standardised());
  }

  /** PX for C×N numbers. */
  private double[] projected(double[] x) {
    double[] image = new double[x.length];
    int channels = batch.channels();
    new Gemm()
        .multiply(
            Transpose.NO,
            Transpose.NO,
            channels,
            batch.samples(),
            channels,
            projector.matrix().columnMajor(),
            x,
            image);
    return image;
  }

  /** ∂L/∂X from ∂L/∂Z. */
  public DenseMatrix backward(double[] denoisedGradient) {
    int channels = batch.channels();
    int samples = batch.samples();
    double[] standardised = batch.standardised();
    Gemm gemm = new Gemm();
    double[] ofProjector = new double[channels * channels];
    gemm.multiply(
        Transpose.NO,
        Transpose.YES,
        channels,
        channels,
        samples,
        denoisedGradient,
        standardised,
        ofProjector);
    DenseMatrix ofCorrelation =
        projector.backward(
            Cotangents.finiteResult("∂L/∂P", channels, ofProjector).symmetricPart());
    double[] gradient = projected(denoisedGradient);
    gemm.multiply(
        Transpose.NO,
        Transpose.NO,
        channels,
        samples,
        channels,
        2.0 / samples,
        ofCorrelation.columnMajor(),
        standardised,
        1,
        gradient);
    batch.backward(gradient);
    return Cotangents.finiteResult("∂L/∂X", channels, gradient);
  }
}
