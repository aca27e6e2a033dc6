package eigengrad.grad;

/** How many of the leading eigenvectors a whitening layer keeps. */
public enum Retention {
  /** All of them. */
  ALL {
    @Override
    int count(double[] values, double trace, double epsilon) {
      return values.length;
    }
  },

  /**
   * From the largest down, until those kept hold 1 − ε of the trace; the first is always kept, none
   * with λ ≤ ε is, and none that is larger than the one before it (a sign that deflation has lost
   * its way). This is what the authors' layers do.
   */
  ENERGY {
    @Override
    int count(double[] values, double trace, double epsilon) {
      double energy = 0;
      for (int j = 0; j < values.length; j++) {
        if (j > 0 && !(values[j] > epsilon && values[j] <= values[j - 1])) {
          return j;
        }
        energy += values[j];
        if (energy >= (1 - epsilon) * trace) {
          return j + 1;
        }
      }
      return values.length;
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
