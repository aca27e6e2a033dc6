package eigengrad.linalg;

/**
 * Pairs at the ends of an operator's spectrum as {@link LeadingEigen} found them, each with a bound
 * on its residual: immutable.
 */
public final class LeadingPairs {
  /** Why a call returned. */
  public enum Outcome {
    /** All wanted pairs have converged. */
    CONVERGED,
    /** The products were used up before all had converged, or before it was known that all had. */
    EXHAUSTED,
    /** The calling thread was interrupted. */
    INTERRUPTED
  }

  private final PartialEigendecomposition pairs;
  private final double[] bounds;
  private final int smallest;
  private final int products;
  private final Outcome outcome;

  LeadingPairs(
      PartialEigendecomposition pairs,
      double[] bounds,
      int smallest,
      int products,
      Outcome outcome) {
    this.pairs = pairs;
    this.bounds = bounds;
    this.smallest = smallest;
    this.products = products;
    this.outcome = outcome;
  }

  /**
   * The pairs that have converged.
   *
   * @return k of them, or fewer if the call ended early
   */
  public PartialEigendecomposition pairs() {
    return pairs;
  }

  /**
   * The eigenvalues that have converged.
   *
   * @return a copy, ascending
   */
  public double[] values() {
    return pairs.values();
  }

  /**
   * Their eigenvectors.
   *
   * @return V, a column per value
   */
  public DenseMatrix vectors() {
    return pairs.vectors();
  }

  /**
   * The number of pairs that have converged.
   *
   * @return k, or fewer if the call ended early
   */
  public int size() {
    return pairs.size();
  }

  /**
   * How many of the pairs are from the lower end: they come first.
   *
   * @return at most as many as were asked for
   */
  public int smallest() {
    return smallest;
  }

  /**
   * Bounds on the residuals, from the Lanczos recurrence and its rounding: no products are spent on
   * them.
   *
   * @return a copy; element j is at least about ‖Avⱼ − λⱼvⱼ‖₂, and within that of λⱼ lies an
   *     eigenvalue
   */
  public double[] bounds() {
    return bounds.clone();
  }

  /**
   * The products with single vectors that were spent.
   *
   * @return how many
   */
  public int products() {
    return products;
  }

  /**
   * Why the call returned.
   *
   * @return {@link Outcome#CONVERGED} if the pairs are all that were wanted
   */
  public Outcome outcome() {
    return outcome;
  }
}
