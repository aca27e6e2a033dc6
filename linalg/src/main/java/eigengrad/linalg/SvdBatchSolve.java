package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import eigengrad.linalg.internal.support.ChunkBody;
import eigengrad.simd.LaneBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Solves one batch for its singular values and vectors, in independent chunks. */
final class SvdBatchSolve implements ChunkBody {
  private final MatrixBatch batch;
  private final SvdSolver[] single;
  private final double[] values;
  private final double @Nullable [] left;
  private final double @Nullable [] right;
  private final BatchFailures failures;

  SvdBatchSolve(
      MatrixBatch batch,
      SvdOptions options,
      SvdSolver[] single,
      double[] values,
      double @Nullable [] left,
      double @Nullable [] right) {
    this.batch = batch;
    this.single = single;
    this.values = values;
    this.left = left;
    this.right = right;
    this.failures = new BatchFailures(options.failurePolicy());
  }

  static int chunks(MatrixBatch batch) {
    return batch.count();
  }

  @Override
  public void run(int chunk, int worker) {
    if (failures.wants(chunk)) {
      solveSingly(chunk, single[worker]);
    }
  }

  private void solveSingly(int b, SvdSolver solver) {
    int k = Math.min(batch.rows(), batch.columns());
    try {
      if (left == null || right == null) {
        store(solver.values(batch.matrix(b)), b, k, values);
        return;
      }
      SingularValueDecomposition svd = solver.decompose(batch.matrix(b));
      store(svd.values(), b, k, values);
      store(svd.leftVectors().columnMajor(), b, svd.leftVectors().columnMajor().length, left);
      store(svd.rightVectors().columnMajor(), b, svd.rightVectors().columnMajor().length, right);
    } catch (IllegalArgumentException | ArithmeticException cause) {
      failures.add(b, cause);
      fillWithNaN(b, values);
      fillWithNaN(b, left);
      fillWithNaN(b, right);
    }
  }

  private void fillWithNaN(int b, double @Nullable [] numbers) {
    if (numbers != null && batch.count() > 0) {
      int each = numbers.length / (MatrixBatch.laneBlocks(batch.count()) * LANES);
      for (int i = 0; i < each; i++) {
        numbers[LaneBlock.first(b, each) + i * LANES] = Double.NaN;
      }
    }
  }

  private static void store(double[] source, int b, int each, double[] target) {
    int first = LaneBlock.first(b, each);
    for (int i = 0; i < each; i++) {
      // Adding 0 makes −0 to 0, as in the lanes.
      target[first + i * LANES] = source[i] + 0;
    }
  }

  List<BatchFailure> failures() {
    return failures.sorted();
  }
}
