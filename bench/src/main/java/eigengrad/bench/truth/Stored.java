package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import eigengrad.linalg.DenseMatrix;

/** What a precision leaves of numbers that are stored: the places where float32 code rounds. */
final class Stored {
  private Stored() {}

  static double of(double x, Precision precision) {
    return precision == Precision.FLOAT32 ? (float) x : x;
  }

  /** Rounds in place. */
  static double[] of(double[] x, Precision precision) {
    if (precision == Precision.FLOAT32) {
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) x[i];
      }
    }
    return x;
  }

  static DenseMatrix of(DenseMatrix matrix, Precision precision) {
    return DenseMatrix.wrap(matrix.rows(), matrix.columns(), of(matrix.toArray(), precision));
  }
}
