package eigengrad.grad.paper;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;
import java.util.stream.DoubleStream;

/**
 * Which of the leading eigenvectors a whitening layer keeps. Those dropped are directions the layer
 * sets to zero.
 */
public enum Retention {
  /** All of them. */
  ALL {
    @Override
    int count(double[] values, DenseMatrix covariance, double epsilon) {
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
    int count(double[] values, DenseMatrix covariance, double epsilon) {
      int kept = Math.min(1, values.length);
      while (kept < values.length && values[kept] > epsilon && values[kept] <= values[kept - 1]) {
        kept++;
      }
      return kept;
    }
  },

  /**
   * As {@link #ABOVE_EPSILON}, and no more than it takes to hold 1 − ε of the trace: the vector
   * that reaches this share is kept. The published code, {@link #AUTHORS_CODE}, drops it.
   */
  ENERGY {
    @Override
    int count(double[] values, DenseMatrix covariance, double epsilon) {
      int most = ABOVE_EPSILON.count(values, covariance, epsilon);
      double trace = trace(covariance);
      double energy = 0;
      for (int j = 0; j < most; j++) {
        energy += values[j];
        if (energy >= (1 - epsilon) * trace) {
          return j + 1;
        }
      }
      return most;
    }
  },

  /**
   * The rule of the code published with <i>Backpropagation-Friendly Eigendecomposition</i>: of the
   * exact eigenvalues eⱼ, largest first, those before the first with e₀ + … + eⱼ ≥ 1 − ε of their
   * sum or eⱼ ≤ ε; and of these the ones before the first whose λⱼ, as the layer's method found it,
   * is negative or more than 10 % off eⱼ.
   *
   * <p>The vector that reaches 1 − ε is dropped, so that one is always missing: of four channels of
   * equal variance three are kept, of one channel none. Cost: the exact eigenvalues are computed
   * once more.
   */
  AUTHORS_CODE {
    @Override
    int count(double[] values, DenseMatrix covariance, double epsilon) {
      double[] ascending = SymmetricEigen.values(covariance);
      double sum = DoubleStream.of(ascending).sum();
      double energy = 0;
      int kept = 0;
      while (kept < values.length) {
        double exact = ascending[ascending.length - 1 - kept];
        energy += exact;
        boolean accurate = values[kept] >= 0 && Math.abs(values[kept] - exact) <= 0.1 * exact;
        if (!(energy < (1 - epsilon) * sum && exact > epsilon && accurate)) {
          break;
        }
        kept++;
      }
      return kept;
    }
  };

  /**
   * How many eigenvectors are kept.
   *
   * @param values leading eigenvalues, in the order found
   * @param covariance the matrix they belong to
   * @param epsilon the layer's ε
   * @return how many to keep
   */
  abstract int count(double[] values, DenseMatrix covariance, double epsilon);

  private static double trace(DenseMatrix matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.rows(); i++) {
      trace += matrix.get(i, i);
    }
    return trace;
  }
}
