package eigengrad.linalg;

import eigengrad.linalg.tridiagonal.Buffers;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The memory of eigenvalue solves, to be kept between them: a solve with a workspace that has seen
 * its order before allocates nothing but its result.
 *
 * <p>It fits every order, grows to what the largest needs, about 3n² doubles (4n² where a range was
 * wanted of more than n/8 clustered eigenvalues, up to 3n² more for a matrix that falls into
 * diagonal blocks, 16n² + 170n for each thread that solves a batch; 20n for few pairs of a
 * tridiagonal matrix, 100n up to order 16,384), and never shrinks. Results do not depend on what it
 * was used for before, nor on whether one is used at all. It holds neither arguments nor results.
 *
 * <p>One solve at a time: a workspace is not for several threads at once, and a solve that finds it
 * in use throws {@link IllegalStateException}.
 */
public final class EigenWorkspace {
  final BlockDiagonalSolver solver = new BlockDiagonalSolver();

  private BatchMemory[] batch = {};
  private double[] starts = {};

  /** The asymmetry of each matrix of a group. */
  final double[] asymmetry = new double[MatrixBatch.GROUP];

  /** The largest magnitude of each matrix of a group. */
  final double[] largest = new double[MatrixBatch.GROUP];

  private final AtomicBoolean inUse = new AtomicBoolean();

  /** An empty workspace. */
  public EigenWorkspace() {}

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

  /** Begins a solve. */
  void acquire() {
    if (!inUse.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "this EigenWorkspace is in use by another solve: give each thread its own");
    }
  }

  /** Ends a solve, however it ended. */
  void release() {
    inUse.set(false);
  }
}
