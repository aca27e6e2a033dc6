package eigengrad.linalg;

import eigengrad.linalg.internal.svd.jacobi.OneSidedJacobi;
import eigengrad.simd.Buffers;

/**
 * The memory of an {@link SvdSolver}: it fits every shape, grows to what the largest needs and
 * never shrinks. Results do not depend on what it was used for before.
 */
final class SvdMemory {
  final DenseSvd dense = new DenseSvd();
  final OneSidedJacobi jacobi = new OneSidedJacobi();

  private double[] transposed = {};

  /** For a wide matrix. */
  double[] transposed(int length) {
    transposed = Buffers.atLeast(transposed, length);
    return transposed;
  }
}
