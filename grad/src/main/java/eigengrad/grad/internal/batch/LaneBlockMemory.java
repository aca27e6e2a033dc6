package eigengrad.grad.internal.batch;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.linalg.internal.support.MemoryByKind;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/** The memory of one thread for one lane block of matrices, and the products that need it. */
public final class LaneBlockMemory {
  /** Weights of pairs, below the diagonal and for some uses on it; then Vᵀ. */
  double[] weights = Buffers.NONE;

  public double[] product = Buffers.NONE;

  /** Zeros, in place of values' cotangents that a loss does not have. */
  double[] zeros = Buffers.NONE;

  public final double[] largest = new double[LANES];
  public final double[] asymmetry = new double[LANES];

  /** What other packages keep for a lane block. */
  public final MemoryByKind others = new MemoryByKind();

  /**
   * V·diag(d)·Vᵀ of a lane block. Destroys weights and product.
   *
   * @param v V
   * @param block where V and the result start
   * @param d numbers
   * @param first where they start
   * @param result overwritten, exactly symmetric
   */
  public void synthesize(int n, double[] v, int block, double[] d, int first, double[] result) {
    Kernels.batchProducts().transpose(n, v, block, weights, 0);
    Kernels.batchProducts().scaleRows(n, weights, 0, d, first, product, 0);
    Kernels.batchProducts().multiplySymmetric(n, weights, 0, product, 0, result, block);
  }

  /**
   * X ← VXVᵀ for symmetric matrices X of a lane block. Destroys weights and product.
   *
   * @param v V
   * @param block where V and X start
   * @param x X
   */
  void congruence(int n, double[] v, int block, double[] x) {
    Kernels.batchProducts().transpose(n, v, block, weights, 0);
    Kernels.batchProducts().multiplyTransposed(n, x, block, weights, 0, product, 0);
    Kernels.batchProducts().multiplySymmetric(n, product, 0, weights, 0, x, block);
  }

  /** Makes room for order n. */
  void reserve(int n) {
    int size = n * n * LANES;
    weights = Buffers.atLeast(weights, size);
    product = Buffers.atLeast(product, size);
    zeros = Buffers.atLeast(zeros, n * LANES);
  }
}
