package eigengrad.grad.internal.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.layers.Averaging;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/**
 * Running averages of several arrays, all of one history: average ← (1 − α)·average + α·newest.
 *
 * <p>The share α = a/w of the newest batch is what it adds to the weight w ← k·w + a of all that
 * came before: k = 1 − m and a = m with momentum m, or k = 1 and a = N in a cumulative average of
 * batches of N samples. Averaging that is corrected for its start begins with w = 0, so that the
 * first batch counts in full; otherwise w = 1, and the start is worth a batch.
 */
public final class RunningAverage {
  private final Averaging averaging;
  private final double[][] start;
  private double[][] averages;
  private double weight;

  /** Σ of the squares of all samples' shares. */
  private double concentration;

  /**
   * Averages that begin as {@code start}; its arrays are kept and never modified.
   *
   * @param averaging how a new batch counts
   * @param start one array per average
   */
  public RunningAverage(Averaging averaging, double[]... start) {
    this.averaging = averaging;
    this.start = start;
    this.averages = start;
    reset();
  }

  /** Forgets all batches. */
  public void reset() {
    averages = start;
    boolean startCounts = averaging instanceof Averaging.Exponential e && !e.corrected();
    weight = startCounts ? 1 : 0;
    concentration = 0;
  }

  /** The i-th average; not to be modified, and never modified here. */
  public double[] average(int i) {
    return averages[i];
  }

  /** The share α that a next batch of so many samples would have, in (0, 1]. */
  public double share(int samples) {
    return added(samples) / weightAfter(samples);
  }

  /**
   * C′ + (1 − α)δδᵀ, exactly symmetric: what to {@link #update} with in the place of a batch's
   * covariance C′, so that the average is the covariance of all samples together, each weighted by
   * its share. Average 0 must be the mean, and δ is what is new in the batch's mean:
   *
   * <pre>C ← (1 − α)C + α(C′ + (1 − α)δδᵀ),   μ ← (1 − α)μ + αμ′,   δ = μ′ − μ.</pre>
   *
   * <p>Source: D. West, <i>Updating Mean and Variance Estimates: An Improved Method</i>, CACM 22,
   * 1979.
   *
   * @param samples N of the batch
   * @param mean of all channels of the batch
   * @param from first of the channels whose covariance it is
   * @param covariance C′, divided by N
   */
  public double[] pooledCovariance(int samples, double[] mean, int from, DenseMatrix covariance) {
    int d = covariance.rows();
    double[] difference = Arrays.copyOfRange(mean, from, from + d);
    Kernels.level1().axpy(d, -1, averages[0], from, difference, 0);
    Kernels.level1().scale(d, Math.sqrt(1 - share(samples)), difference, 0);
    double[] pooled = covariance.toArray();
    Kernels.level2().ger(d, d, 1, difference, 0, difference, 0, pooled, 0, d);
    return pooled;
  }

  private double added(int samples) {
    return averaging instanceof Averaging.Exponential e ? e.momentum() : samples;
  }

  private double weightAfter(int samples) {
    double kept = averaging instanceof Averaging.Exponential e ? 1 - e.momentum() : 1;
    return kept * weight + added(samples);
  }

  /**
   * Takes in a batch, or nothing if an average is not finite.
   *
   * @param samples in the batch, ≥ 1
   * @param newest one array per average, of its length; not modified
   * @throws NonFiniteException if an average is not finite
   */
  public void update(int samples, double[]... newest) {
    double share = share(samples);
    double[][] updated = new double[averages.length][];
    Arrays.setAll(updated, i -> mixed(share, averages[i], newest[i]));
    averages = updated;
    weight = weightAfter(samples);
    concentration = (1 - share) * (1 - share) * concentration + share * share / samples;
  }

  private static double[] mixed(double share, double[] old, double[] newest) {
    double[] mixed = old.clone();
    Kernels.level1().scale(mixed.length, 1 - share, mixed, 0);
    Kernels.level1().axpy(mixed.length, share, newest, 0, mixed, 0);
    return Cotangents.finiteResult("a running average", 1, mixed).columnMajor();
  }

  /**
   * What makes the covariance of all samples, weighted by their shares wᵢ, unbiased: 1/(1 − Σwᵢ²),
   * which is n/(n − 1) for n samples of equal weight. 1 before any batch, ∞ after a single sample.
   */
  public double unbiasedFactor() {
    return 1 / (1 - concentration);
  }

  /** All that {@link #restore} needs; not to be modified. */
  public double[][] state() {
    double[][] state = new double[averages.length + 1][];
    state[0] = new double[] {weight, concentration};
    System.arraycopy(averages, 0, state, 1, averages.length);
    return state;
  }

  /** Goes back to a {@link #state}, whose arrays are kept. */
  public void restore(double[][] state) {
    weight = state[0][0];
    concentration = state[0][1];
    averages = Arrays.copyOfRange(state, 1, state.length);
  }
}
