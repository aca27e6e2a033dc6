package eigengrad.grad.layers;

/**
 * The sizes and constants of a {@link ZcaWhitening} layer. {@link #of} suits most uses, {@link
 * #ofPaper} reproduces the paper.
 *
 * @param channels C ≥ 1
 * @param groupSize d, channels whitened together, from 1 to C; the last group is smaller where d
 *     does not divide C
 * @param epsilon ε &gt; 0, added to every variance
 * @param averaging how a new batch enters the running averages
 * @param runningStatistic what is averaged for inference
 * @param unbiased whether covariances are divided by N − 1, which makes them unbiased, rather than
 *     by N, as batch normalisation divides
 * @param weight whether each channel has a scale to be learnt
 * @param bias whether each channel has a shift to be learnt
 */
public record WhiteningSettings(
    int channels,
    int groupSize,
    double epsilon,
    Averaging averaging,
    RunningStatistic runningStatistic,
    boolean unbiased,
    boolean weight,
    boolean bias) {

  /** What is averaged over batches, beside their means, to whiten by in inference. */
  public enum RunningStatistic {
    /**
     * The covariances. W of their average is computed once after a change, when it is first needed.
     * With the means they are those of all samples, each counted by its share in the averages: the
     * scatter of the batches' means is part of them.
     */
    COVARIANCE,

    /**
     * W itself, as the authors do. Since M^(−1/2) is operator convex, E[M^(−1/2)] ⪰ (E[M])^(−1/2):
     * averages of W are too large, the more so the smaller batches are.
     */
    WHITENING
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the one out of range
   */
  public WhiteningSettings {
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be ≥ 1, got " + channels);
    }
    if (groupSize < 1 || groupSize > channels) {
      throw new IllegalArgumentException(
          "groupSize must be between 1 and the number of channels, %d, got %d"
              .formatted(channels, groupSize));
    }
    if (!(epsilon > 0 && epsilon <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("epsilon must be positive and finite, got " + epsilon);
    }
  }

  /**
   * ε = 1e-4; momentum 0.1, corrected for the start; running covariances; division by N; weight and
   * bias.
   *
   * @param channels C ≥ 1
   * @param groupSize d, from 1 to C
   * @return the settings
   * @throws IllegalArgumentException if one is out of range
   */
  public static WhiteningSettings of(int channels, int groupSize) {
    return new WhiteningSettings(
        channels,
        groupSize,
        1e-4,
        Averaging.DEFAULT,
        RunningStatistic.COVARIANCE,
        false,
        true,
        true);
  }

  /**
   * What the paper's authors do: the same but for averages of W, which start from I and of which
   * every batch replaces a tenth. Data of deviation 100 still leave inference with a deviation of
   * 12.9 after 20 batches.
   *
   * @param channels C ≥ 1
   * @param groupSize d, from 1 to C
   * @return the settings
   * @throws IllegalArgumentException if one is out of range
   */
  public static WhiteningSettings ofPaper(int channels, int groupSize) {
    return of(channels, groupSize)
        .withAveraging(new Averaging.Exponential(0.1, false))
        .withRunningStatistic(RunningStatistic.WHITENING);
  }

  /**
   * These settings with another ε.
   *
   * @param variance ε &gt; 0
   * @return the settings
   * @throws IllegalArgumentException if ε is not positive and finite
   */
  public WhiteningSettings withEpsilon(double variance) {
    return new WhiteningSettings(
        channels, groupSize, variance, averaging, runningStatistic, unbiased, weight, bias);
  }

  /**
   * These settings with another way to average.
   *
   * @param other such as {@link Averaging#cumulative()}
   * @return the settings
   */
  public WhiteningSettings withAveraging(Averaging other) {
    return new WhiteningSettings(
        channels, groupSize, epsilon, other, runningStatistic, unbiased, weight, bias);
  }

  /**
   * These settings with averages of something else.
   *
   * @param other what is averaged
   * @return the settings
   */
  public WhiteningSettings withRunningStatistic(RunningStatistic other) {
    return new WhiteningSettings(
        channels, groupSize, epsilon, averaging, other, unbiased, weight, bias);
  }

  /**
   * These settings with another divisor of covariances.
   *
   * @param unbiasedCovariance whether N − 1 rather than N, in training and in inference
   * @return the settings
   */
  public WhiteningSettings withUnbiased(boolean unbiasedCovariance) {
    return new WhiteningSettings(
        channels,
        groupSize,
        epsilon,
        averaging,
        runningStatistic,
        unbiasedCovariance,
        weight,
        bias);
  }

  /**
   * These settings with or without a scale per channel.
   *
   * @param learnt whether there is one
   * @return the settings
   */
  public WhiteningSettings withWeight(boolean learnt) {
    return new WhiteningSettings(
        channels, groupSize, epsilon, averaging, runningStatistic, unbiased, learnt, bias);
  }

  /**
   * These settings with or without a shift per channel.
   *
   * @param learnt whether there is one
   * @return the settings
   */
  public WhiteningSettings withBias(boolean learnt) {
    return new WhiteningSettings(
        channels, groupSize, epsilon, averaging, runningStatistic, unbiased, weight, learnt);
  }
}
