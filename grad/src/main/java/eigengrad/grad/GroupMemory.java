package eigengrad.grad;

import eigengrad.linalg.MatrixBatch;
import java.util.Arrays;

/** The memory of one thread for one group of matrices. */
final class GroupMemory {
  /** Weights of pairs, below the diagonal and for some on it. */
  double[] weights = {};

  double[] product = {};

  /** Values' cotangents where there are none. */
  double[] zeros = {};

  final double[] largest = new double[MatrixBatch.GROUP];
  final double[] asymmetry = new double[MatrixBatch.GROUP];

  private BatchedPowerIterationTrace[] traces = {};

  /** For so many pairs, each with room for so many steps; there may be more. */
  BatchedPowerIterationTrace[] traces(int pairs, int n, int iterations) {
    int present = traces.length;
    if (present < pairs) {
      traces = Arrays.copyOf(traces, pairs);
      for (int j = present; j < pairs; j++) {
        traces[j] = new BatchedPowerIterationTrace();
      }
    }
    for (int j = 0; j < pairs; j++) {
      traces[j].reserve(n, iterations);
    }
    return traces;
  }

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
