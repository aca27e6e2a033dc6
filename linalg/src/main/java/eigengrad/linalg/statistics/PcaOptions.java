package eigengrad.linalg.statistics;

import eigengrad.linalg.Parallelism;

/**
 * How principal components are fitted.
 *
 * @param components how many are kept
 * @param whiten whether transformed samples are divided by the deviation along each component, so
 *     that all have variance 1; scikit-learn's {@code whiten}
 * @param parallelism which threads do the work; the result does not depend on it
 */
public record PcaOptions(ComponentCount components, boolean whiten, Parallelism parallelism) {

  /** All components, not whitened; the calling thread. */
  public static final PcaOptions DEFAULT =
      new PcaOptions(ComponentCount.all(), false, Parallelism.sequential());

  /**
   * These options with another number of components.
   *
   * @param others how many are kept
   * @return options for them
   */
  public PcaOptions withComponents(ComponentCount others) {
    return new PcaOptions(others, whiten, parallelism);
  }

  /**
   * These options with so many components.
   *
   * @param k ≥ 1
   * @return options for them
   * @throws IllegalArgumentException if k is less than 1
   */
  public PcaOptions withComponents(int k) {
    return withComponents(ComponentCount.of(k));
  }

  /**
   * These options, with transformed samples of variance 1 or not.
   *
   * @param whitened whether they have
   * @return options for it
   */
  public PcaOptions withWhiten(boolean whitened) {
    return new PcaOptions(components, whitened, parallelism);
  }

  /**
   * These options, the work done by other threads.
   *
   * @param others which
   * @return options that give the same result
   */
  public PcaOptions withParallelism(Parallelism others) {
    return new PcaOptions(components, whiten, others);
  }
}
