package eigengrad.linalg;

import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.batch.Crossover;
import eigengrad.linalg.parallel.ChunkBody;
import eigengrad.linalg.parallel.Crew;
import eigengrad.linalg.tridiagonal.Buffers;
import eigengrad.simd.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One batch on its way: solved in chunks that know nothing of each other.
 *
 * <p>Matrices that their lane did not solve are solved again one by one; what fails then, too, is a
 * failure. After one that is to be thrown, only chunks with smaller indices go on, so that the
 * exception does not depend on the threads.
 */
final class BatchSolve implements ChunkBody {
  /** Fewer matrices than these are chunks of their own, so that every thread has some. */
  private static final int MANY = 16 * MatrixBatch.GROUP;

  /**
   * Of a chunk in lock-step, n³ times its matrices: 5 to 20 µs of work, many times what a claim
   * costs.
   */
  private static final int CHUNK_WORK = 1 << 14;

  private final MatrixBatch batch;
  private final EigenOptions options;
  private final BatchMemory[] memory;

  /** Nobody's help, but whoever began the batch may interrupt it. */
  private final Crew single;

  private final MatrixBatch vectorBatch;
  private final double[] values;
  private final double[] vectors;
  private final int matricesPerChunk;
  private final List<BatchFailure> failures = new ArrayList<>(0);

  /** The first failure that is to be thrown. */
  private final AtomicInteger end = new AtomicInteger(Integer.MAX_VALUE);

  private final FailurePolicy policy;

  BatchSolve(
      MatrixBatch batch,
      EigenOptions options,
      FailurePolicy policy,
      BatchMemory[] memory,
      Crew crew,
      BatchedEigendecomposition overwritten) {
    this.batch = batch;
    this.single = crew.size() == 1 ? crew : Crew.ofCaller();
    this.options = options;
    this.policy = policy;
    this.memory = memory;
    vectorBatch = overwritten.vectors();
    values = overwritten.interleavedValues();
    vectors = vectorBatch.interleaved();
    matricesPerChunk = matricesPerChunk(batch);
  }

  /** Whole pairs of groups where these are solved together, at most a group elsewhere. */
  private static int matricesPerChunk(MatrixBatch batch) {
    int n = batch.order();
    if (!Crossover.lockStep(n)) {
      return batch.count() < MANY ? 1 : MatrixBatch.GROUP;
    }
    return Buffers.roundUp((int) Math.max(CHUNK_WORK / Math.max((long) n * n * n, 1), 1), PAIR);
  }

  static int chunks(MatrixBatch batch) {
    int matrices = matricesPerChunk(batch);
    return batch.order() == 0 ? 0 : (int) (((long) batch.count() + matrices - 1) / matrices);
  }

  @Override
  public void run(int chunk, int worker) {
    int from = chunk * matricesPerChunk;
    int to = (int) Math.min((long) from + matricesPerChunk, batch.count());
    if (Crossover.lockStep(batch.order())) {
      for (int b = from; b < to && b < end.get(); b += PAIR) {
        solvePair(b, Math.min(b + PAIR, to), memory[worker]);
      }
    } else {
      solveSingly(from, to, memory[worker]);
    }
  }

  private void solvePair(int from, int to, BatchMemory own) {
    int groups = MatrixBatch.groups(to - from);
    int unsolved =
        own.pair.solve(
            batch.order(),
            groups,
            options.symmetryTolerance(),
            options.maxIterations(),
            batch.interleaved(),
            from / MatrixBatch.GROUP,
            values,
            vectors);
    for (int b = from; b < to && unsolved >> (b - from) != 0; b++) {
      if ((unsolved >> (b - from) & 1) != 0) {
        solveSingly(b, b + 1, own);
      }
    }
  }

  /** Matrices of one group, which are brought into order and back all at once. */
  private void solveSingly(int from, int to, BatchMemory own) {
    int n = batch.order();
    int square = n * n;
    int matrices = to - from;
    int first = MatrixBatch.first(from, n);
    own.reserve(n);
    double[] one = own.contiguous(matrices * square);
    Kernels.transposition()
        .transpose(matrices, square, batch.interleaved(), first, MatrixBatch.GROUP, one, 0, square);
    for (int b = from; b < to && b < end.get(); b++) {
      int at = (b - from) * square;
      System.arraycopy(one, at, own.matrix.columnMajor(), 0, square);
      solve(b, own);
      store(square, own.vectors, one, at, 1);
      store(n, own.values, values, BatchedEigendecomposition.first(b, n), MatrixBatch.GROUP);
    }
    Kernels.transposition()
        .transpose(square, matrices, one, 0, square, vectors, first, MatrixBatch.GROUP);
  }

  private void solve(int b, BatchMemory own) {
    try {
      SymmetricEigen.decompose(
          own.matrix, options, own.workspace(), single, own.values, own.vectors);
    } catch (IllegalArgumentException | ArithmeticException cause) {
      fail(new BatchFailure(b, cause));
      Arrays.fill(own.values, Double.NaN);
      Arrays.fill(own.vectors, Double.NaN);
    }
  }

  private static void store(int size, double[] source, double[] target, int first, int stride) {
    for (int i = 0; i < size; i++) {
      // Adding 0 makes −0 to 0, as in the lanes.
      target[first + i * stride] = source[i] + 0;
    }
  }

  private void fail(BatchFailure failure) {
    synchronized (failures) {
      failures.add(failure);
    }
    if (policy == FailurePolicy.THROW) {
      end.accumulateAndGet(failure.index(), Math::min);
    }
  }

  BatchedEigendecomposition result() {
    List<BatchFailure> sorted;
    synchronized (failures) {
      failures.sort(Comparator.comparingInt(BatchFailure::index));
      sorted = List.copyOf(failures);
    }
    if (policy == FailurePolicy.THROW && !sorted.isEmpty()) {
      throw sorted.get(0).toException();
    }
    return BatchedEigendecomposition.owning(values, vectorBatch, sorted);
  }
}
