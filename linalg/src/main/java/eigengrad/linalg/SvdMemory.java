package eigengrad.linalg;

import eigengrad.linalg.internal.support.Lazy;
import eigengrad.simd.Buffers;
import java.util.Arrays;

/**
 * The memory of an {@link SvdSolver}: it fits every shape, grows to what the largest needs and
 * never shrinks. Results do not depend on what it was used for before.
 */
final class SvdMemory {
  final Lazy<DenseSvd> dense = new Lazy<>(DenseSvd::new);
  final Lazy<JacobiSvd> jacobi = new Lazy<>(JacobiSvd::new);

  private double[] transposed = Buffers.NONE;
  private SvdBatchMemory[] batch = {};

  /** For each of so many threads that solve a batch. */
  SvdBatchMemory[] batch(int threads) {
    int from = batch.length;
    if (from < threads) {
      batch = Arrays.copyOf(batch, threads);
      for (int i = from; i < threads; i++) {
        batch[i] = new SvdBatchMemory();
      }
    }
    return batch;
  }

  /** For a wide matrix. */
  double[] transposed(int length) {
    transposed = Buffers.atLeast(transposed, length);
    return transposed;
  }
}
