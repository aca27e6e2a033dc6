package eigengrad.grad.paper;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.grad.internal.support.Caller;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * {@link PowerIterationTrace} with its formulas for a lane block, one matrix per lane, in memory
 * that is kept.
 *
 * <p>Nothing is checked: an iterate that vanishes or overflows is NaN, and so is all that follows.
 */
final class BatchedPowerIterationTrace {

  /** v⁽⁰⁾ … v⁽ᴷ⁾. */
  private double[][] iterates = {};

  /** ‖Mv⁽ᵏ⁾‖ for k &lt; K. */
  private double[][] norms = {};

  private double[] m = Buffers.NONE;
  private double[] image = Buffers.NONE;
  private double[] product = Buffers.NONE;

  /** Cotangents with the opposite sign, for a kernel that subtracts. */
  private double[] descent = Buffers.NONE;

  private final double[] values = new double[LANES];
  private final double[] residuals = new double[LANES];
  private int n;
  private int iterations;

  /** Makes room for K steps on matrices of order n; both hold until the next call. */
  void reserve(int order, int steps) {
    n = order;
    iterations = steps;
    int size = n * LANES;
    m = Buffers.atLeast(m, n * size);
    image = Buffers.atLeast(image, size);
    product = Buffers.atLeast(product, size);
    descent = Buffers.atLeast(descent, size);
    if (norms.length < steps) {
      norms = new double[steps][LANES];
    }
    if (iterates.length <= steps || iterates[0].length < size) {
      iterates = new double[steps + 1][image.length];
    }
  }

  /** Copies the matrices. */
  void load(double[] matrices, int offset) {
    System.arraycopy(matrices, offset, m, 0, n * n * LANES);
  }

  /** Makes M the deflated matrices of the pair before: M − Mvvᵀ. */
  void loadDeflated(BatchedPowerIterationTrace before) {
    load(before.m, 0);
    Kernels.batchProducts().deflate(n, before.image, before.vector(), m);
  }

  /** Runs the forward pass, until the caller is interrupted. */
  void run(double[] starts, int offset, Caller caller) {
    System.arraycopy(starts, offset, image, 0, n * LANES);
    Kernels.batchProducts().unitVector(n, image, iterates[0], residuals);
    for (int k = 0; k < iterations; k++) {
      caller.requireNotInterrupted();
      Kernels.batchProducts().multiplyVector(Transpose.NO, n, m, iterates[k], image);
      Kernels.batchProducts().unitVector(n, image, iterates[k + 1], norms[k]);
    }
    Kernels.batchProducts().powerStep(n, m, vector(), image, values, residuals);
  }

  /** λ, one per matrix. */
  double[] values() {
    return values;
  }

  /** v. */
  double[] vector() {
    return iterates[iterations];
  }

  /**
   * The cotangents of M.
   *
   * @param valueCotangents hold ∂L/∂λ from {@code value} on
   * @param vectorCotangents hold ∂L/∂v from {@code vector} on
   * @param gradient D, the cotangent of the deflated matrices; overwritten by ∂L/∂M, not symmetric
   * @param caller whose interrupt ends the way back
   */
  void backward(
      double[] valueCotangents,
      int value,
      double[] vectorCotangents,
      int vector,
      double[] gradient,
      Caller caller) {
    throughDeflationAndValue(valueCotangents, value, vectorCotangents, vector, gradient);
    for (int k = iterations - 1; k >= 0; k--) {
      caller.requireNotInterrupted();
      Kernels.batchProducts().unitVectorCotangent(n, iterates[k + 1], norms[k], descent);
      Kernels.batchProducts().deflate(n, descent, iterates[k], gradient);
      if (k > 0) {
        Kernels.batchProducts().multiplyVector(Transpose.YES, n, m, descent, product);
        double[] swapped = descent;
        descent = product;
        product = swapped;
      }
    }
  }

  /**
   * Both at once, with w = Dv − ∂L/∂λ·v:
   *
   * <pre>−∂L/∂v ← Mᵀw + DᵀMv − ∂L/∂λ·Mv − ∂L/∂v,   D ← D − wvᵀ.</pre>
   */
  private void throughDeflationAndValue(
      double[] valueCotangents,
      int value,
      double[] vectorCotangents,
      int vector,
      double[] gradient) {
    double[] v = vector();
    Kernels.batchProducts().multiplyVector(Transpose.YES, n, gradient, image, descent);
    for (int i = 0; i < n * LANES; i++) {
      descent[i] -= valueCotangents[value + i % LANES] * image[i] + vectorCotangents[vector + i];
    }
    Kernels.batchProducts().multiplyVector(Transpose.NO, n, gradient, v, product);
    for (int i = 0; i < n * LANES; i++) {
      product[i] -= valueCotangents[value + i % LANES] * v[i];
    }
    Kernels.batchProducts().deflate(n, product, v, gradient);
    Kernels.batchProducts().multiplyVector(Transpose.YES, n, m, product, image);
    for (int i = 0; i < n * LANES; i++) {
      descent[i] += image[i];
    }
  }
}
