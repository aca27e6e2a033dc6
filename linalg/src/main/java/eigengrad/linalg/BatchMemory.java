package eigengrad.linalg;

import eigengrad.linalg.internal.eigen.batch.PairSolver;
import eigengrad.linalg.internal.support.Lazy;
import eigengrad.simd.Buffers;

/** The memory of one thread that takes part in solving a batch. */
final class BatchMemory {
  final PairSolver pair = new PairSolver();
  final PowerMemory power = new PowerMemory();

  /** One matrix and its eigenpairs, contiguous. */
  DenseMatrix matrix = DenseMatrix.identity(0);

  double[] values = Buffers.NONE;
  double[] vectors = Buffers.NONE;

  private double[] contiguous = Buffers.NONE;
  private double[] pairValues = Buffers.NONE;
  private double[] pairVectors = Buffers.NONE;
  private final Lazy<BlockDiagonalSolver> solver = new Lazy<>(BlockDiagonalSolver::new);

  /** Arrays for exactly one matrix of order n. */
  void reserve(int n) {
    if (matrix.rows() != n) {
      DenseMatrix newMatrix = DenseMatrix.wrap(n, n, new double[n * n]);
      double[] newValues = new double[n];
      vectors = new double[n * n];
      values = newValues;
      matrix = newMatrix;
    }
  }

  /** For several matrices, one after the other. */
  double[] contiguous(int length) {
    contiguous = Buffers.atLeast(contiguous, length);
    return contiguous;
  }

  /** For a matrix that is solved alone. */
  BlockDiagonalSolver solver() {
    return solver.get();
  }

  /** For the values of two lane blocks. */
  double[] pairValues(int length) {
    pairValues = Buffers.atLeast(pairValues, length);
    return pairValues;
  }

  /** For their vectors. */
  double[] pairVectors(int length) {
    pairVectors = Buffers.atLeast(pairVectors, length);
    return pairVectors;
  }
}
