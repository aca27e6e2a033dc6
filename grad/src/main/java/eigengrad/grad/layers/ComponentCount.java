package eigengrad.grad.layers;

import eigengrad.grad.internal.support.Arguments;

/**
 * How many principal components are kept: k of them, or as many as hold a share of the energy, the
 * sum of the eigenvalues.
 */
public sealed interface ComponentCount {

  /**
   * How many leading eigenvalues must be known to count.
   *
   * @param order n of the matrix, which must have {@link #require as many}
   * @return k if it is fixed, or else n
   */
  int known(int order);

  /**
   * How many components are kept.
   *
   * @param values the leading eigenvalues of a positive semidefinite matrix, largest first, as many
   *     as are {@link #known}
   * @param trace of the matrix
   * @return k, at most the number of values; 0 without any
   */
  int of(double[] values, double trace);

  /**
   * Checks that a matrix has as many.
   *
   * @param channels the order of the matrix
   * @throws IllegalArgumentException if more are asked for
   */
  void require(int channels);

  /**
   * The k leading components.
   *
   * @param k ≥ 1
   * @return k, whatever the eigenvalues
   * @throws IllegalArgumentException if k &lt; 1
   */
  static ComponentCount fixed(int k) {
    return new Fixed(k);
  }

  /**
   * The fewest leading components, at least one, whose eigenvalues sum to a share of the trace.
   *
   * @param fraction of the trace, in (0, 1]; with 1 all components that have a variance
   * @return the rule
   * @throws IllegalArgumentException if the fraction is not in (0, 1]
   */
  static ComponentCount energy(double fraction) {
    return new Energy(fraction);
  }

  /**
   * Always the same number.
   *
   * @param k ≥ 1
   */
  record Fixed(int k) implements ComponentCount {
    /**
     * Checks k.
     *
     * @throws IllegalArgumentException if k &lt; 1
     */
    public Fixed {
      Arguments.requirePositive("components k", k);
    }

    @Override
    public int known(int order) {
      return k;
    }

    @Override
    public int of(double[] values, double trace) {
      return Math.min(k, values.length);
    }

    @Override
    public void require(int channels) {
      if (k > channels) {
        throw new IllegalArgumentException(
            "components k must be at most the " + channels + " channels, got " + k);
      }
    }
  }

  /**
   * By energy. The sum counts as reached when n·2⁻⁵² of the trace are missing, which rounding may
   * cost: otherwise a fraction of 1 would keep directions without any variance.
   *
   * @param fraction of the trace, in (0, 1]
   */
  record Energy(double fraction) implements ComponentCount {
    /**
     * Checks the fraction.
     *
     * @throws IllegalArgumentException if it is not in (0, 1]
     */
    public Energy {
      if (!(fraction > 0 && fraction <= 1)) {
        throw new IllegalArgumentException("energy must be in (0, 1], got " + fraction);
      }
    }

    @Override
    public int known(int order) {
      return order;
    }

    @Override
    public int of(double[] values, double trace) {
      double enough = (fraction - values.length * 0x1p-52) * trace;
      double sum = 0;
      for (int j = 0; j < values.length; j++) {
        sum += values[j];
        if (sum >= enough) {
          return j + 1;
        }
      }
      return values.length;
    }

    @Override
    public void require(int channels) {
      // A share of the energy can be had of any number.
    }
  }
}
