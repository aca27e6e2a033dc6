package eigengrad.grad.layers;

/**
 * How a layer's running averages take in the statistics of a new batch: average ← (1 − α)·average +
 * α·newest, with the share α of the newest batch.
 */
public sealed interface Averaging {

  /** Momentum 0.1, corrected: what a layer does unless told otherwise. */
  Averaging DEFAULT = exponential(0.1);

  /**
   * Exponential averaging, free of what the averages start from: α = m/(1 − (1 − m)^t) for the t-th
   * batch, so that the first one counts in full.
   *
   * @param momentum m, the limit of the newest batch's share, in (0, 1]
   * @return the averaging
   * @throws IllegalArgumentException if m is not in (0, 1]
   */
  static Averaging exponential(double momentum) {
    return new Exponential(momentum, true);
  }

  /**
   * The average of all samples seen so far: α is the newest batch's share of them. Momentum {@code
   * None} in PyTorch, but weighted by the size of each batch.
   *
   * @return the averaging
   */
  static Averaging cumulative() {
    return new Cumulative();
  }

  /**
   * Exponential averaging.
   *
   * @param momentum m in (0, 1]
   * @param corrected whether the start's share (1 − m)^t after t batches is divided out, as Adam
   *     does: D. Kingma, J. Ba, <i>Adam</i>, ICLR 2015, section 3. If not, α = m at every batch,
   *     and averages that start from 0 and I take some 3/m batches to forget it
   */
  record Exponential(double momentum, boolean corrected) implements Averaging {
    /**
     * Checks the momentum.
     *
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public Exponential {
      if (!(momentum > 0 && momentum <= 1)) {
        throw new IllegalArgumentException("momentum must be in (0, 1], got " + momentum);
      }
    }
  }

  /** The average of all samples. */
  record Cumulative() implements Averaging {}
}
