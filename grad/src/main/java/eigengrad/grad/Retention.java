package eigengrad.grad;

/**
 * Which of the leading eigenvectors a whitening layer keeps. Those dropped are directions the layer
 * sets to zero.
 */
public enum Retention {
  /** All of them. */
  ALL {
    @Override
    int count(double[] values, double trace, double epsilon) {
      return values.length;
    }
  },

  /**
   * From the first on, while λ exceeds ε and is no larger than the one before. As ε is a lower
   * bound of every exact eigenvalue, this drops what rounding alone has made, and what deflation by
   * an inexact vector has spoilt. The first is always kept.
   */
  ABOVE_EPSILON {
    @Override
    int count(double[] values, double trace, double epsilon) {
      int kept = Math.min(1, values.length);
      while (kept < values.length && values[kept] > epsilon && values[kept] <= values[kept - 1]) {
        kept++;
      }
      return kept;
    }
  },

  /** As {@link #ABOVE_EPSILON}, and no more than it takes to hold 1 − ε of the trace. */
  ENERGY {
    @Override
    int count(double[] values, double trace, double epsilon) {
      int most = ABOVE_EPSILON.count(values, trace, epsilon);
      double energy = 0;
      for (int j = 0; j < most; j++) {
        energy += values[j];
        if (energy >= (1 - epsilon) * trace) {
          return j + 1;
        }
      }
      return most;
    }
  };

  /**
   * Decides.
   *
   * @param values leading eigenvalues, in the order found
   * @param trace of the matrix, the sum of all its eigenvalues
   * @param epsilon the layer's ε
   * @return how many to keep
   */
  abstract int count(double[] values, double trace, double epsilon);
}
