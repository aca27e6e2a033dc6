package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;
import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.internal.eigen.batch.Crossover;
import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.support.Crew;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.LaneBlock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Solves one batch, in independent chunks.
 *
 * <p>Matrices that their lane did not solve are solved again one by one; what fails then, too, is a
 * failure.
 */
final class BatchSolve implements ChunkBody {
  /** Fewer matrices than these are chunks of their own, so that every thread has some. */
  private static final int MANY = 16 * LANES;

  /**
   * Work of a chunk that is solved in lock-step, n³ per matrix: 5 to 20 µs, many times what
   * claiming it costs.
   */
  private static final int CHUNK_WORK = 1 << 14;

  private final MatrixBatch batch;
  private final int first;
  private final int wanted;
  private final EigenOptions options;
  private final BatchMemory[] memory;

  /** Has no helpers; an interrupt of the thread that began the batch ends it. */
  private final Crew single;

  private final double[] values;
  private final double @Nullable [] vectors;
  private final int matricesPerChunk;
  private final BatchFailures failures;

  /**
   * Prepares to solve for the pairs first … last − 1 of each matrix.
   *
   * @param values overwritten, interleaved
   * @param vectors overwritten, interleaved; null for values alone
   */
  BatchSolve(
      MatrixBatch batch,
      int first,
      int last,
      EigenOptions options,
      BatchMemory[] memory,
      Crew crew,
      double[] values,
      double @Nullable [] vectors) {
    this.batch = batch;
    this.first = first;
    this.wanted = last - first;
    this.single = crew.size() == 1 ? crew : Crew.ofCaller();
    this.options = options;
    this.memory = memory;
    this.values = values;
    this.vectors = vectors;
    this.matricesPerChunk = matricesPerChunk(batch);
    this.failures = new BatchFailures(options.failurePolicy());
  }

  private static int matricesPerChunk(MatrixBatch batch) {
    int n = batch.order();
    if (!Crossover.lockStep(n)) {
      return batch.count() < MANY ? 1 : LANES;
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
      for (int b = from; b < to && failures.wants(b); b += PAIR) {
        solvePair(b, Math.min(b + PAIR, to), memory[worker]);
      }
    } else {
      solveSingly(from, to, memory[worker]);
    }
  }

  /** As many as two vectors of lanes hold. */
  private void solvePair(int from, int to, BatchMemory own) {
    int n = batch.order();
    // Where all pairs are wanted with their vectors, nothing need be copied.
    double[] inPlace = wanted == n ? vectors : null;
    double[] ownValues = inPlace == null ? own.pairValues(n * PAIR) : values;
    double[] ownVectors =
        inPlace == null && vectors != null ? own.pairVectors(n * n * PAIR) : inPlace;
    int unsolved =
        own.pair.solve(
            n,
            MatrixBatch.laneBlocks(to - from),
            options.symmetryTolerance(),
            options.maxIterations(),
            batch.interleaved(),
            from / LANES,
            ownValues,
            ownVectors,
            inPlace == null ? 0 : from / LANES);
    if (inPlace == null) {
      copyWanted(from, to, ownValues, ownVectors);
    }
    for (int b = from; b < to && unsolved >> (b - from) != 0; b++) {
      if ((unsolved >> (b - from) & 1) != 0) {
        solveSingly(b, b + 1, own);
      }
    }
  }

  private void copyWanted(int from, int to, double[] ownValues, double @Nullable [] ownVectors) {
    int n = batch.order();
    for (int b = from; b < to; b += LANES) {
      int at = (b - from) * n + first * LANES;
      System.arraycopy(ownValues, at, values, LaneBlock.first(b, wanted), wanted * LANES);
      if (vectors != null && ownVectors != null) {
        System.arraycopy(
            ownVectors, at * n, vectors, LaneBlock.first(b, n * wanted), n * wanted * LANES);
      }
    }
  }

  /** Of the next matrices, at most a lane block. */
  private void solveSingly(int from, int to, BatchMemory own) {
    int n = batch.order();
    int square = n * n;
    int matrices = to - from;
    int at = LaneBlock.first(from, square);
    own.reserve(n);
    double[] one = own.contiguous(matrices * square);
    Kernels.transposition()
        .transpose(matrices, square, batch.interleaved(), at, LANES, one, 0, square);
    for (int b = from; b < to && failures.wants(b); b++) {
      int place = (b - from) * square;
      System.arraycopy(one, place, own.matrix.columnMajor(), 0, square);
      solve(b, own);
      store(wanted, own.values, values, LaneBlock.first(b, wanted), LANES);
      if (vectors != null) {
        store(n * wanted, own.vectors, one, place, 1);
      }
    }
    if (vectors != null) {
      int elements = n * wanted;
      Kernels.transposition()
          .transpose(
              elements, matrices, one, 0, square, vectors, LaneBlock.first(from, elements), LANES);
    }
  }

  private void solve(int b, BatchMemory own) {
    int elements = batch.order() * wanted;
    try {
      double tolerance = options.symmetryTolerance();
      DenseMatrix symmetric = SymmetricInput.symmetric(own.matrix, tolerance);
      double[] target = vectors == null ? null : own.vectors;
      if (target != null) {
        Arrays.fill(target, 0, elements, 0);
      }
      own.solver().solve(symmetric, first, first + wanted, options, single, own.values, target);
    } catch (IllegalArgumentException | ArithmeticException cause) {
      failures.add(b, cause);
      Arrays.fill(own.values, 0, wanted, Double.NaN);
      Arrays.fill(own.vectors, 0, vectors == null ? 0 : elements, Double.NaN);
    }
  }

  static void store(int size, double[] source, double[] target, int first, int stride) {
    for (int i = 0; i < size; i++) {
      // Adding 0 makes −0 to 0, as in the lanes.
      target[first + i * stride] = source[i] + 0;
    }
  }

  /**
   * What failed.
   *
   * @return in the order of the matrices
   * @throws IllegalArgumentException naming the first matrix, if it was refused and failures are
   *     thrown
   * @throws ArithmeticException naming the first matrix, if it was not solved and failures are
   *     thrown
   */
  List<BatchFailure> failures() {
    return failures.sorted();
  }
}
