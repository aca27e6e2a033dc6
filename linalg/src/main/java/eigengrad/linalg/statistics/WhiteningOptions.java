package eigengrad.linalg.statistics;

import eigengrad.linalg.Parallelism;

/**
 * How a whitening is fitted.
 *
 * @param kind which of the matrices that whiten
 * @param epsilon ε ≥ 0, a ridge that makes a singular covariance whitenable and amplifies small
 *     variances less: {@link WhiteningKind#ZCA} and {@link WhiteningKind#PCA} whiten Σ + εI, the
 *     others, which do not depend on the features' units, Σ + εV
 * @param parallelism which threads do the work; the result does not depend on it
 */
public record WhiteningOptions(WhiteningKind kind, double epsilon, Parallelism parallelism) {

  /** {@link WhiteningKind#ZCA} without a ridge; the calling thread. */
  public static final WhiteningOptions DEFAULT =
      new WhiteningOptions(WhiteningKind.ZCA, 0, Parallelism.sequential());

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if ε is negative or not finite
   */
  public WhiteningOptions {
    if (!(epsilon >= 0 && epsilon <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("epsilon must be ≥ 0 and finite, got " + epsilon);
    }
  }

  /**
   * These options with another kind.
   *
   * @param another which of the matrices that whiten
   * @return options for it
   */
  public WhiteningOptions withKind(WhiteningKind another) {
    return new WhiteningOptions(another, epsilon, parallelism);
  }

  /**
   * These options with another ridge.
   *
   * @param ridge ε ≥ 0
   * @return options for it
   * @throws IllegalArgumentException if ε is negative or not finite
   */
  public WhiteningOptions withEpsilon(double ridge) {
    return new WhiteningOptions(kind, ridge, parallelism);
  }

  /**
   * These options, the work done by other threads.
   *
   * @param others which
   * @return options that give the same result
   */
  public WhiteningOptions withParallelism(Parallelism others) {
    return new WhiteningOptions(kind, epsilon, others);
  }
}
