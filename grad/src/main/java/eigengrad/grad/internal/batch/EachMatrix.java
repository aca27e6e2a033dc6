package eigengrad.grad.internal.batch;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.NonFiniteException;
import eigengrad.linalg.BatchedSingularValueDecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SvdSolver;
import java.util.function.IntFunction;

/** Does work for every matrix of a batch, one after the other in each lane block. */
public final class EachMatrix {
  private final BatchedSingularValueDecomposition svd;
  private final SvdSolver solver;

  /** For matrices with these decompositions, with the threads of a solver. */
  public EachMatrix(BatchedSingularValueDecomposition svd, SvdSolver solver) {
    this.svd = svd;
    this.solver = solver;
  }

  /** Whether a matrix of the batch was not solved: then its values are NaN. */
  public static boolean isUnsolved(BatchedSingularValueDecomposition svd, int b) {
    return svd.size() > 0 && Double.isNaN(svd.value(b, 0));
  }

  /**
   * A matrix for each; of those that were not solved, NaN.
   *
   * @param rows of each result
   * @param columns of each result
   * @throws IllegalArgumentException naming the first matrix that was refused
   * @throws NonFiniteException naming the first matrix without a finite result
   */
  public MatrixBatch map(int rows, int columns, IntFunction<DenseMatrix> work) {
    int each = rows * columns;
    double[] result = new double[MatrixBatch.elementCount(svd.count(), rows, columns)];
    FirstFailure failure = new FirstFailure();
    solver
        .options()
        .parallelism()
        .run(
            (svd.count() + LANES - 1) / LANES,
            (block, worker) -> {
              int end = Math.min(svd.count(), (block + 1) * LANES);
              for (int b = block * LANES; b < end && !failure.isBefore(b); b++) {
                int first = block * LANES * each + b % LANES;
                if (isUnsolved(svd, b)) {
                  LaneBlocks.fill(result, first, each, Double.NaN);
                } else {
                  store(work, b, result, first, failure);
                }
              }
            });
    failure.throwIfAny();
    return MatrixBatch.wrap(svd.count(), rows, columns, result);
  }

  private static void store(
      IntFunction<DenseMatrix> work, int b, double[] result, int first, FirstFailure failure) {
    try {
      LaneBlocks.store(work.apply(b), result, first);
    } catch (IllegalArgumentException | NonFiniteException cause) {
      failure.add(b, cause);
    }
  }

  /** Checks that there is a matrix of this shape for each. */
  public void requireMatrices(String name, int rows, int columns, MatrixBatch matrices) {
    if (matrices.count() != svd.count()
        || matrices.rows() != rows
        || matrices.columns() != columns) {
      throw new IllegalArgumentException(
          "%s must be %d matrices %d×%d, got %d of %d×%d"
              .formatted(
                  name,
                  svd.count(),
                  rows,
                  columns,
                  matrices.count(),
                  matrices.rows(),
                  matrices.columns()));
    }
  }
}
