package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.GROUP;

import eigengrad.linalg.tridiagonal.Buffers;

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
    a = Buffers.atLeast(a, n * n * GROUP);
    v = Buffers.atLeast(v, n * GROUP);
    image = Buffers.atLeast(image, n * GROUP);
  }
}
