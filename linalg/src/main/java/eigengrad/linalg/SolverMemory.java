package eigengrad.linalg;

import eigengrad.linalg.internal.support.Lazy;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * The memory of an {@link EigenSolver}: it fits every order, grows to what the largest needs and
 * never shrinks. Results do not depend on what it was used for before.
 */
final class SolverMemory {
  final Lazy<BlockDiagonalSolver> solver = new Lazy<>(BlockDiagonalSolver::new);

  private BatchMemory[] batch = {};
  private double[] starts = Buffers.NONE;

  /** The asymmetry of each matrix of a lane block. */
  final double[] asymmetry = new double[MatrixBatch.LANES];

  /** The largest magnitude of each matrix of a lane block. */
  final double[] largest = new double[MatrixBatch.LANES];

  /** For each of so many threads that solve a batch. */
  BatchMemory[] batch(int threads) {
    while (batch.length < threads) {
      BatchMemory another = new BatchMemory();
      batch = Arrays.copyOf(batch, batch.length + 1);
      batch[batch.length - 1] = another;
    }
    return batch;
  }

  /** For the start vectors of power iteration. */
  double[] starts(int length) {
    starts = Buffers.atLeast(starts, length);
    return starts;
  }
}
