package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import eigengrad.simd.Buffers;

/** The memory of one thread for power iteration on one lane block. */
final class PowerMemory {
  /** The matrices, scaled and deflated. */
  double[] a = Buffers.NONE;

  double[] v = Buffers.NONE;

  /** Av. */
  double[] image = Buffers.NONE;

  final double[] values = new double[LANES];
  final double[] residuals = new double[LANES];

  /** 1 for a matrix that has not converged, else 0. */
  final double[] moving = new double[LANES];

  /** How each matrix is scaled. */
  final int[] exponents = new int[LANES];

  /** Enough for order n. */
  void reserve(int n) {
    a = Buffers.atLeast(a, n * n * LANES);
    v = Buffers.atLeast(v, n * LANES);
    image = Buffers.atLeast(image, n * LANES);
  }
}
