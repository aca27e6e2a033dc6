package eigengrad.grad.internal.layers;

import eigengrad.grad.layers.DenoisingSettings;
import eigengrad.linalg.DenseMatrix;
import org.jspecify.annotations.Nullable;

/**
 * The denoising of inference: the running mean and the running covariance, pooled over all samples,
 * from which variances, correlation and projector are computed.
 */
public final class RunningDenoising {
  private final DenoisingSettings settings;

  /** The mean and the covariance. */
  private final RunningAverage average;

  /** What the averages make, once it has been computed. */
  private volatile @Nullable FrozenDenoising denoising;

  /** Mean 0, covariance I. */
  public RunningDenoising(DenoisingSettings settings) {
    this.settings = settings;
    int channels = settings.channels();
    this.average =
        new RunningAverage(
            settings.averaging(),
            new double[channels],
            DenseMatrix.identity(channels).columnMajor());
  }

  /** Takes in a batch; if an average is not finite, nothing changes. */
  public void update(DenoisedBatch batch) {
    double[] pooled =
        average.pooledCovariance(batch.samples(), batch.mean(), 0, batch.covariance());
    average.update(batch.samples(), batch.mean(), pooled);
    denoising = null;
  }

  /**
   * The denoising of the averages as they are; of all components before any batch, since no
   * direction leads then.
   *
   * @throws eigengrad.grad.NonFiniteException if a running variance overflows
   */
  public FrozenDenoising current() {
    FrozenDenoising known = denoising;
    if (known == null) {
      double[] mean = average.average(0);
      double[] covariance = average.average(1);
      known =
          average.isEmpty()
              ? FrozenDenoising.ofAll(mean, covariance, settings.epsilon())
              : FrozenDenoising.of(mean, covariance, settings.epsilon(), settings.components());
      denoising = known;
    }
    return known;
  }

  /** Forgets all batches. */
  public void reset() {
    average.reset();
    denoising = null;
  }

  /** All that {@link #restore} needs; not to be modified. */
  public double[][] state() {
    return average.state();
  }

  /** Goes back to a {@link #state}, whose arrays are kept. */
  public void restore(double[][] state) {
    average.restore(state);
    denoising = null;
  }
}
