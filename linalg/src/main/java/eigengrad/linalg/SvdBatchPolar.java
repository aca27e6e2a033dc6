package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

/**
 * Solves one batch for its polar factors. Singular values and vectors are those of two lane blocks
 * at a time, so that they stay in the cache.
 */
final class SvdBatchPolar implements SvdBatchResult {
  private final MatrixBatch batch;
  private final SvdOptions options;
  private final boolean rotations;
  private final double[] orthogonal;
  private final double[] symmetric;

  /**
   * Prepares to solve.
   *
   * @param options thin, or the matrices are square
   * @param rotations whether the orthogonal factors are to be rotations; the matrices are square
   *     then
   * @param orthogonal overwritten, interleaved
   * @param symmetric overwritten, interleaved
   */
  SvdBatchPolar(
      MatrixBatch batch,
      SvdOptions options,
      boolean rotations,
      double[] orthogonal,
      double[] symmetric) {
    this.batch = batch;
    this.options = options;
    this.rotations = rotations;
    this.orthogonal = orthogonal;
    this.symmetric = symmetric;
  }

  @Override
  public int solvePair(int from, int to, SvdBatchMemory own) {
    int m = batch.rows();
    int n = batch.columns();
    int k = Math.min(m, n);
    int blocks = MatrixBatch.laneBlocks(to - from);
    own.reserve(m, n, k);
    int unsolved =
        own.pair.solve(
            m,
            n,
            blocks,
            options.method() == SvdMethod.JACOBI,
            options.maxIterations(),
            batch.interleaved(),
            from / LANES,
            0,
            own.values,
            own.left,
            k,
            own.right,
            k);
    for (int block = 0; block < blocks; block++) {
      int at = block * LANES;
      int b = from + at;
      own.polar.form(
          m,
          n,
          k,
          rotations,
          own.left,
          at * m * k,
          own.values,
          at * k,
          own.right,
          at * n * k,
          orthogonal,
          b * m * n,
          symmetric,
          b * n * n);
    }
    return unsolved;
  }

  @Override
  public void solveSingly(int b, DenseMatrix matrix, SvdSolver solver) {
    PolarDecomposition polar = rotations ? solver.nearestRotation(matrix) : solver.polar(matrix);
    double[] q = polar.orthogonalFactor().columnMajor();
    SvdBatchResult.store(q.length, q, orthogonal, b);
    double[] h = polar.symmetricFactor().columnMajor();
    SvdBatchResult.store(h.length, h, symmetric, b);
  }

  @Override
  public void fillWithNaN(int b) {
    SvdBatchResult.fillWithNaN(batch.rows() * batch.columns(), orthogonal, b);
    SvdBatchResult.fillWithNaN(batch.columns() * batch.columns(), symmetric, b);
  }
}
