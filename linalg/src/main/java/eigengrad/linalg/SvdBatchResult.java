package eigengrad.linalg;

import static eigengrad.linalg.MatrixBatch.LANES;

import eigengrad.simd.LaneBlock;

/** What is wanted of the matrices of a batch that are solved by their singular values. */
sealed interface SvdBatchResult permits SvdBatchVectors, SvdBatchPolar {
  /**
   * Solves as many matrices as two lane blocks hold.
   *
   * @return a bit for each that was not solved, whose results are arbitrary
   */
  int solvePair(int from, int to, SvdBatchMemory own);

  /**
   * Solves one matrix and keeps what is wanted of it.
   *
   * @throws IllegalArgumentException if it is not finite
   * @throws ArithmeticException if it cannot be solved
   */
  void solveSingly(int b, DenseMatrix matrix, SvdSolver solver);

  /** All that is wanted of a matrix becomes NaN. */
  void fillWithNaN(int b);

  /** The numbers of one matrix, of which each has {@code size}. */
  static void store(int size, double[] source, double[] target, int b) {
    BatchSolve.store(size, source, target, LaneBlock.first(b, size), LANES);
  }

  static void fillWithNaN(int size, double[] target, int b) {
    int first = LaneBlock.first(b, size);
    for (int i = 0; i < size; i++) {
      target[first + i * LANES] = Double.NaN;
    }
  }
}
