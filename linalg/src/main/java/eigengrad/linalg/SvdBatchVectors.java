package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import org.jspecify.annotations.Nullable;

/** Solves one batch for its singular values, and vectors if they are wanted. */
final class SvdBatchVectors implements SvdBatchResult {
  private final MatrixBatch batch;
  private final SvdOptions options;
  private final double[] values;
  private final double @Nullable [] left;
  private final double @Nullable [] right;
  private final int size;
  private final int leftColumns;
  private final int rightColumns;

  /**
   * Prepares to solve.
   *
   * @param values overwritten, interleaved
   * @param left overwritten, interleaved; null for values alone
   * @param right overwritten, interleaved; null for values alone
   */
  SvdBatchVectors(
      MatrixBatch batch,
      SvdOptions options,
      double[] values,
      double @Nullable [] left,
      double @Nullable [] right) {
    this.batch = batch;
    this.options = options;
    this.values = values;
    this.left = left;
    this.right = right;
    this.size = Math.min(batch.rows(), batch.columns());
    boolean full = options.shape() == SvdShape.FULL;
    this.leftColumns = full ? batch.rows() : size;
    this.rightColumns = full ? batch.columns() : size;
  }

  @Override
  public int solvePair(int from, int to, SvdBatchMemory own) {
    return own.pair.solve(
        batch.rows(),
        batch.columns(),
        MatrixBatch.laneBlocks(to - from),
        options.method() == SvdMethod.JACOBI,
        options.maxIterations(),
        batch.interleaved(),
        from / LANES,
        from / LANES,
        values,
        left,
        leftColumns,
        right,
        rightColumns);
  }

  @Override
  public void solveSingly(int b, DenseMatrix matrix, SvdSolver solver) {
    if (left == null || right == null) {
      SvdBatchResult.store(size, solver.values(matrix), values, b);
    } else {
      SingularValueDecomposition svd = solver.decompose(matrix);
      SvdBatchResult.store(size, svd.values(), values, b);
      SvdBatchResult.store(batch.rows() * leftColumns, svd.leftVectors().columnMajor(), left, b);
      SvdBatchResult.store(
          batch.columns() * rightColumns, svd.rightVectors().columnMajor(), right, b);
    }
  }

  @Override
  public void fillWithNaN(int b) {
    SvdBatchResult.fillWithNaN(size, values, b);
    if (left != null && right != null) {
      SvdBatchResult.fillWithNaN(batch.rows() * leftColumns, left, b);
      SvdBatchResult.fillWithNaN(batch.columns() * rightColumns, right, b);
    }
  }
}
