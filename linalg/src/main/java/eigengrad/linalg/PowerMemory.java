package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.GROUP;

/** The memory of one thread for power iteration on one group of matrices. */
final class PowerMemory {
  /** The matrices, scaled and deflated. */
  double[] a = {};

  double[] v = {};

  /** Av. */
  double[] image = {};

  final double[] values = new double[GROUP];
  final double[] residuals = new double[GROUP];

  /** 1 for a matrix that has not converged, else 0. */
  final double[] moving = new double[GROUP];

  /** How each matrix is scaled. */
  final int[] exponents = new int[GROUP];

  /** Enough for order n. */
  void reserve(int n) {
    if (a.length < n * n * GROUP) {
      a = new double[n * n * GROUP];
      v = new double[n * GROUP];
      image = new double[n * GROUP];
    }
  }
}
