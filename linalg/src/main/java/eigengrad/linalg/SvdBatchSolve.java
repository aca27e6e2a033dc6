package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;
import static eigengrad.simd.LaneBlock.PAIR;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.linalg.internal.svd.batch.SvdPairSolver;
import eigengrad.simd.Buffers;
import eigengrad.simd.LaneBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Solves one batch for its singular values and vectors, in independent chunks.
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
  private final double[] values;
  private final double @Nullable [] left;
  private final double @Nullable [] right;
  private final int size;
  private final int leftColumns;
  private final int rightColumns;
  private final BatchFailures failures;

  /**
   * Prepares to solve.
   *
   * @param values overwritten, interleaved
   * @param left overwritten, interleaved; null for values alone
   * @param right overwritten, interleaved; null for values alone
   */
  SvdBatchSolve(
      MatrixBatch batch,
      SvdOptions options,
      SvdBatchMemory[] memory,
      double[] values,
      double @Nullable [] left,
      double @Nullable [] right) {
    this.batch = batch;
    this.options = options;
    this.memory = memory;
    this.values = values;
    this.left = left;
    this.right = right;
    this.size = Math.min(batch.rows(), batch.columns());
    boolean full = options.shape() == SvdShape.FULL;
    this.leftColumns = full ? batch.rows() : size;
    this.rightColumns = full ? batch.columns() : size;
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
    int from = chunk * matricesPerChunk(batch);
    int to = (int) Math.min((long) from + matricesPerChunk(batch), batch.count());
    if (lockStep(batch)) {
      for (int b = from; b < to && failures.wants(b); b += PAIR) {
        solvePair(b, Math.min(b + PAIR, to), memory[worker]);
      }
    } else if (failures.wants(from)) {
      solveSingly(from, memory[worker].single(single(options.method())));
    }
  }

  private SvdOptions single(SvdMethod method) {
    return options.withParallelism(Parallelism.sequential()).withMethod(method);
  }

  /** As many as two lane blocks hold. */
  private void solvePair(int from, int to, SvdBatchMemory own) {
    int unsolved =
        own.pair.solve(
            batch.rows(),
            batch.columns(),
            MatrixBatch.laneBlocks(to - from),
            options.method() == SvdMethod.JACOBI,
            options.maxIterations(),
            batch.interleaved(),
            from / LANES,
            values,
            left,
            leftColumns,
            right,
            rightColumns);
    for (int b = from; b < to && failures.wants(b); b++) {
      if ((unsolved >> (b - from) & 1) != 0) {
        solveSingly(b, own.single(single(SvdMethod.JACOBI)));
      }
    }
  }

  private void solveSingly(int b, SvdSolver solver) {
    int m = batch.rows();
    int n = batch.columns();
    try {
      DenseMatrix matrix = batch.matrix(b);
      if (left == null || right == null) {
        store(solver.values(matrix), values, b, size);
      } else {
        SingularValueDecomposition svd = solver.decompose(matrix);
        store(svd.values(), values, b, size);
        store(svd.leftVectors().columnMajor(), left, b, m * leftColumns);
        store(svd.rightVectors().columnMajor(), right, b, n * rightColumns);
      }
    } catch (IllegalArgumentException | ArithmeticException cause) {
      failures.add(b, cause);
      fillWithNaN(values, b, size);
      fillWithNaN(left, b, m * leftColumns);
      fillWithNaN(right, b, n * rightColumns);
    }
  }

  private static void store(double[] source, double[] target, int b, int each) {
    int first = LaneBlock.first(b, each);
    for (int i = 0; i < each; i++) {
      // Adding 0 makes −0 to 0, as in the lanes.
      target[first + i * LANES] = source[i] + 0;
    }
  }

  private static void fillWithNaN(double @Nullable [] target, int b, int each) {
    int first = LaneBlock.first(b, each);
    for (int i = 0; target != null && i < each; i++) {
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
  List<BatchFailure> failures() {
    return failures.sorted();
  }
}
