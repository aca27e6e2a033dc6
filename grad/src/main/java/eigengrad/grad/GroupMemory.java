package eigengrad.grad;

import eigengrad.linalg.MatrixBatch;
import eigengrad.simd.BatchProducts;
import eigengrad.simd.Kernels;
import java.util.Arrays;

/** The memory of one thread for one group of matrices, and the products that need it. */
final class GroupMemory {
  private final BatchProducts products = Kernels.batchProducts();

  /** Weights of pairs, below the diagonal and for some on it; then Vᵀ. */
  double[] weights = {};

  double[] product = {};

  /** Values' cotangents where there are none. */
  double[] zeros = {};

  final double[] largest = new double[MatrixBatch.GROUP];
  final double[] asymmetry = new double[MatrixBatch.GROUP];

  private BatchedPowerIterationTrace[] traces = {};

  /** For so many pairs, each with room for so many steps; there may be more. */
  BatchedPowerIterationTrace[] traces(int pairs, int n, int iterations) {
    while (traces.length < pairs) {
      BatchedPowerIterationTrace another = new BatchedPowerIterationTrace();
      traces = Arrays.copyOf(traces, traces.length + 1);
      traces[traces.length - 1] = another;
    }
    for (int j = 0; j < pairs; j++) {
      traces[j].reserve(n, iterations);
    }
    return traces;
  }

  /**
   * V·diag(d)·Vᵀ of a group. Destroys weights and product.
   *
   * @param v V
   * @param group where V and the result start
   * @param d numbers
   * @param first where they start
   * @param result overwritten, exactly symmetric
   */
  void synthesize(int n, double[] v, int group, double[] d, int first, double[] result) {
    products.transpose(n, v, group, weights, 0);
    products.scaleRows(n, weights, 0, d, first, product, 0);
    products.multiplySymmetric(n, weights, 0, product, 0, result, group);
  }

  /**
   * X ← VXVᵀ for symmetric matrices X of a group. Destroys weights and product.
   *
   * @param v V
   * @param group where V and X start
   * @param x X
   */
  void congruence(int n, double[] v, int group, double[] x) {
    products.transpose(n, v, group, weights, 0);
    products.multiplyTransposed(n, x, group, weights, 0, product, 0);
    products.multiplySymmetric(n, product, 0, weights, 0, x, group);
  }

  /** Enough for order n. */
  void reserve(int n) {
    int size = n * n * MatrixBatch.GROUP;
    weights = atLeast(weights, size);
    product = atLeast(product, size);
    zeros = atLeast(zeros, n * MatrixBatch.GROUP);
  }

  /** Longer where it is too short, each array by itself: memory may run out between two. */
  static double[] atLeast(double[] array, int length) {
    return array.length >= length ? array : new double[length];
  }
}
