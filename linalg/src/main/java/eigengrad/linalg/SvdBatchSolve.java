package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;
import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.svd.batch.SvdPairSolver;
import eigengrad.simd.Buffers;
import eigengrad.simd.LaneBlock;
import java.util.List;

/**
 * Solves one batch by the singular values of its matrices, in independent chunks; what becomes of
 * them is said by what extends it.
 *
 * <p>Matrices that their lane did not solve are solved again one by one, by Jacobi's method; what
 * fails then, too, is a failure.
 */
abstract class SvdBatchSolve implements ChunkBody {
  /**
   * Work of a chunk that is solved in lock-step, m·n·min(m, n) per matrix: some 20 µs, many times
   * what claiming it costs.
   */
  private static final int CHUNK_WORK = 1 << 14;

  final MatrixBatch batch;
  final SvdOptions options;

  private final SvdBatchMemory[] memory;
  private final BatchFailures failures;

  /** Prepares to solve, with the memory of each worker. */
  SvdBatchSolve(MatrixBatch batch, SvdOptions options, SvdBatchMemory[] memory) {
    this.batch = batch;
    this.options = options;
    this.memory = memory;
    this.failures = new BatchFailures(options.failurePolicy());
  }

  /**
   * Solves as many matrices as two lane blocks hold.
   *
   * @return a bit for each that was not solved, whose results are arbitrary
   */
  abstract int solvePair(int from, int to, SvdBatchMemory own);

  /**
   * Solves one matrix and keeps what is wanted of it.
   *
   * @throws IllegalArgumentException if it is not finite
   * @throws ArithmeticException if it cannot be solved
   */
  abstract void solveSingly(int b, DenseMatrix matrix, SvdSolver solver);

  /** All that is wanted of a matrix becomes NaN. */
  abstract void fillWithNaN(int b);

  private static boolean lockStep(MatrixBatch batch) {
    return SvdPairSolver.suits(batch.rows(), batch.columns());
  }

  private static int matricesPerChunk(MatrixBatch batch) {
    if (!lockStep(batch)) {
      return 1;
    }
    long work = (long) batch.rows() * batch.columns() * Math.min(batch.rows(), batch.columns());
    return Buffers.roundUp((int) Math.max(CHUNK_WORK / work, 1), PAIR);
  }

  static int chunks(MatrixBatch batch, SvdOptions options) {
    int wanted = options.shape() == SvdShape.FULL ? batch.rows() + batch.columns() : 0;
    if (Math.min(batch.rows(), batch.columns()) + wanted == 0) {
      // As many empty matrices as there may be.
      return 0;
    }
    int matrices = matricesPerChunk(batch);
    return (int) (((long) batch.count() + matrices - 1) / matrices);
  }

  @Override
  public void run(int chunk, int worker) {
    SvdBatchMemory own = memory[worker];
    int from = chunk * matricesPerChunk(batch);
    int to = (int) Math.min((long) from + matricesPerChunk(batch), batch.count());
    if (lockStep(batch)) {
      for (int b = from; b < to && failures.wants(b); b += PAIR) {
        solvePairOrSingly(b, Math.min(b + PAIR, to), own);
      }
    } else if (failures.wants(from)) {
      solveOrFail(from, own.single(single(options.method())));
    }
  }

  private void solvePairOrSingly(int from, int to, SvdBatchMemory own) {
    int unsolved = solvePair(from, to, own);
    for (int b = from; b < to && failures.wants(b); b++) {
      if ((unsolved >> (b - from) & 1) != 0) {
        solveOrFail(b, own.single(single(SvdMethod.JACOBI)));
      }
    }
  }

  private SvdOptions single(SvdMethod method) {
    return options.withParallelism(Parallelism.sequential()).withMethod(method);
  }

  private void solveOrFail(int b, SvdSolver solver) {
    try {
      solveSingly(b, batch.matrix(b), solver);
    } catch (IllegalArgumentException | ArithmeticException cause) {
      failures.add(b, cause);
      fillWithNaN(b);
    }
  }

  /** The numbers of one matrix, of which each has {@code size}. */
  static void store(int size, double[] source, double[] target, int b) {
    int first = LaneBlock.first(b, size);
    for (int i = 0; i < size; i++) {
      // Adding 0 makes −0 to 0, as in the lanes.
      target[first + i * LANES] = source[i] + 0;
    }
  }

  static void fillWithNaN(int size, double[] target, int b) {
    int first = LaneBlock.first(b, size);
    for (int i = 0; i < size; i++) {
      target[first + i * LANES] = Double.NaN;
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
  final List<BatchFailure> failures() {
    return failures.sorted();
  }
}
