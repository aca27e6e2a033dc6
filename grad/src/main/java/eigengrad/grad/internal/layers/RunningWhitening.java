package eigengrad.grad.internal.layers;

import eigengrad.grad.layers.InverseSquareRoot;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.WhiteningSettings.RunningStatistic;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The whitening of inference: the running mean, and W, averaged itself or computed from the running
 * covariances.
 */
public final class RunningWhitening {
  private final WhiteningSettings settings;
  private final InverseSquareRoot root;
  private final ChannelGroups groups;

  /** The mean, then a matrix per group. */
  private final RunningAverage average;

  /** What the averages make, once it has been computed. */
  private volatile @Nullable FixedWhitening whitening;

  /** Mean 0; covariances, or W, are I. */
  public RunningWhitening(WhiteningSettings settings, InverseSquareRoot root) {
    this.settings = settings;
    this.root = root;
    this.groups = new ChannelGroups(settings.channels(), settings.groupSize());
    double[][] start = new double[1 + groups.count()][];
    start[0] = new double[settings.channels()];
    for (int g = 0; g < groups.count(); g++) {
      start[1 + g] = DenseMatrix.identity(groups.size(g)).columnMajor();
    }
    this.average = new RunningAverage(settings.averaging(), start);
  }

  private boolean averagesCovariances() {
    return settings.runningStatistic() == RunningStatistic.COVARIANCE;
  }

  /** Takes in a batch; if an average is not finite, nothing changes. */
  public void update(WhitenedBatch batch) {
    double[][] newest = new double[1 + groups.count()][];
    newest[0] = batch.mean();
    DenseMatrix[] whitenings = batch.whitenings();
    for (int g = 0; g < groups.count(); g++) {
      newest[1 + g] =
          averagesCovariances()
              ? average.pooledCovariance(
                  batch.samples(), batch.mean(), groups.offset(g), batch.populationCovariance(g))
              : whitenings[g].columnMajor();
    }
    average.update(batch.samples(), newest);
    whitening = null;
  }

  /**
   * The whitening of the averages as they are.
   *
   * @throws eigengrad.grad.NonFiniteException if a running covariance has no inverse root
   */
  public FixedWhitening current() {
    FixedWhitening known = whitening;
    if (known == null) {
      known = new FixedWhitening(groups, average.average(0), whitenings());
      whitening = known;
    }
    return known;
  }

  private DenseMatrix[] whitenings() {
    DenseMatrix[] matrices = new DenseMatrix[groups.count()];
    for (int g = 0; g < matrices.length; g++) {
      int d = groups.size(g);
      matrices[g] = DenseMatrix.wrap(d, d, average.average(1 + g));
    }
    if (!averagesCovariances()) {
      return matrices;
    }
    if (settings.unbiased()) {
      Arrays.setAll(matrices, g -> matrices[g].times(average.unbiasedFactor()));
    }
    DenseMatrix[] regularised = WhitenedBatch.regularised(matrices, settings);
    return groups.forward(root, regularised, settings.epsilon()).matrices();
  }

  /** Forgets all batches. */
  public void reset() {
    average.reset();
    whitening = null;
  }

  /** All that {@link #restore} needs; not to be modified. */
  public double[][] state() {
    return average.state();
  }

  /** Goes back to a {@link #state}, whose arrays are kept. */
  public void restore(double[][] state) {
    average.restore(state);
    whitening = null;
  }
}
