package eigengrad.linalg;

import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.svd.batch.SvdPairSolver;
import eigengrad.simd.Buffers;
import java.util.List;

/**
 * Solves one batch by the singular values of its matrices, in independent chunks; what becomes of
 * them is the result's affair.
 *
 * <p>Matrices that their lane did not solve are solved again one by one, by Jacobi's method; what
 * fails then, too, is a failure.
 */
final class SvdBatchSolve implements ChunkBody {
  /**
   * Work of a chunk that is solved in lock-step, m·n·min(m, n) per matrix: some 20 µs, many times
   * what claiming it costs.
   */
  private static final int CHUNK_WORK = 1 << 14;

  private final MatrixBatch batch;
  private final SvdOptions options;
  private final SvdBatchMemory[] memory;
  private final SvdBatchResult result;
  private final BatchFailures failures;

  /** Prepares to solve, with the memory of each worker. */
  SvdBatchSolve(
      MatrixBatch batch, SvdOptions options, SvdBatchMemory[] memory, SvdBatchResult result) {
    this.batch = batch;
    this.options = options;
    this.memory = memory;
    this.result = result;
    this.failures = new BatchFailures(options.failurePolicy());
  }

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
    int unsolved = result.solvePair(from, to, own);
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
      result.solveSingly(b, batch.matrix(b), solver);
    } catch (IllegalArgumentException | ArithmeticException cause) {
      failures.add(b, cause);
      result.fillWithNaN(b);
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
