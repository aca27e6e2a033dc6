package eigengrad.grad.layers;

/**
 * The sizes and constants of a {@link PcaDenoising} layer. {@link #of} suits most uses.
 *
 * @param channels C ≥ 1
 * @param components how many principal components are kept
 * @param epsilon ε &gt; 0, added to every variance
 * @param averaging how a new batch enters the running averages
 * @param weight whether each channel has a scale to be learnt
 * @param bias whether each channel has a shift to be learnt
 */
public record DenoisingSettings(
    int channels,
    ComponentCount components,
    double epsilon,
    Averaging averaging,
    boolean weight,
    boolean bias) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the one out of range
   */
  public DenoisingSettings {
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be ≥ 1, got " + channels);
    }
    components.require(channels);
    if (!(epsilon > 0 && epsilon <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("epsilon must be positive and finite, got " + epsilon);
    }
  }

  /**
   * ε = 1e-5; momentum 0.1, corrected for the start; weight and bias.
   *
   * @param channels C ≥ 1
   * @param components such as {@code ComponentCount.fixed(8)}, at most C, or {@code
   *     ComponentCount.energy(0.95)}
   * @return the settings
   * @throws IllegalArgumentException if there are to be more components than channels
   */
  public static DenoisingSettings of(int channels, ComponentCount components) {
    return new DenoisingSettings(channels, components, 1e-5, Averaging.DEFAULT, true, true);
  }

  /**
   * These settings with another ε.
   *
   * @param variance ε &gt; 0
   * @return the settings
   * @throws IllegalArgumentException if ε is not positive and finite
   */
  public DenoisingSettings withEpsilon(double variance) {
    return new DenoisingSettings(channels, components, variance, averaging, weight, bias);
  }

  /**
   * These settings with another way to average.
   *
   * @param other such as {@link Averaging#cumulative()}
   * @return the settings
   */
  public DenoisingSettings withAveraging(Averaging other) {
    return new DenoisingSettings(channels, components, epsilon, other, weight, bias);
  }

  /**
   * These settings with or without a scale per channel.
   *
   * @param learnt whether there is one
   * @return the settings
   */
  public DenoisingSettings withWeight(boolean learnt) {
    return new DenoisingSettings(channels, components, epsilon, averaging, learnt, bias);
  }

  /**
   * These settings with or without a shift per channel.
   *
   * @param learnt whether there is one
   * @return the settings
   */
  public DenoisingSettings withBias(boolean learnt) {
    return new DenoisingSettings(channels, components, epsilon, averaging, weight, learnt);
  }
}
