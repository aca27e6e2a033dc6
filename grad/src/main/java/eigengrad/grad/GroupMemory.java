package eigengrad.grad;

import eigengrad.linalg.MatrixBatch;

/** The memory of one thread for one group of matrices. */
final class GroupMemory {
  /** Weights of pairs, below the diagonal and for some on it. */
  double[] weights = {};

  double[] product = {};

  /** Values' cotangents where there are none. */
  double[] zeros = {};

  final double[] largest = new double[MatrixBatch.GROUP];
  final double[] asymmetry = new double[MatrixBatch.GROUP];

  /** Enough for order n. */
  void reserve(int n) {
    int size = n * n * MatrixBatch.GROUP;
    if (product.length < size) {
      weights = new double[size];
      product = new double[size];
      zeros = new double[n * MatrixBatch.GROUP];
    }
  }
}
