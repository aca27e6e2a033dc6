package eigengrad.grad;

import static eigengrad.grad.Groups.GROUP;

import eigengrad.simd.BatchProducts;
import eigengrad.simd.Kernels;
import eigengrad.simd.Transpose;

/**
 * {@link PowerIterationTrace} with its formulas for a group of matrices, one a lane, in memory that
 * is kept.
 *
 * <p>Nothing is checked: an iterate that vanishes or overflows is NaN, and so is all that follows.
 */
final class BatchedPowerIterationTrace {
  private final BatchProducts products = Kernels.batchProducts();

  /** v⁽⁰⁾ … v⁽ᴷ⁾. */
  private double[][] iterates = {};

  /** ‖Mv⁽ᵏ⁾‖ for k &lt; K. */
  private double[][] norms = {};

  private double[] m = {};
  private double[] image = {};
  private double[] product = {};

  /** Cotangents with the opposite sign, for a kernel that subtracts. */
  private double[] descent = {};

  private final double[] values = new double[GROUP];
  private final double[] residuals = new double[GROUP];
  private int n;
  private int iterations;

  /** Makes room for K steps on matrices of order n; both hold until the next call. */
  void reserve(int order, int steps) {
    n = order;
    iterations = steps;
    int size = n * GROUP;
    m = GroupMemory.atLeast(m, n * size);
    image = GroupMemory.atLeast(image, size);
    product = GroupMemory.atLeast(product, size);
    descent = GroupMemory.atLeast(descent, size);
    if (norms.length < steps) {
      norms = new double[steps][GROUP];
    }
    if (iterates.length <= steps || iterates[0].length < size) {
      iterates = new double[steps + 1][image.length];
    }
  }

  /** Copies the matrices. */
  void load(double[] matrices, int offset) {
    System.arraycopy(matrices, offset, m, 0, n * n * GROUP);
  }

  /** Makes M the deflated matrices of the pair before: M − Mvvᵀ. */
  void loadDeflated(BatchedPowerIterationTrace before) {
    load(before.m, 0);
    products.deflate(n, before.image, before.vector(), m);
  }

  /** Runs the forward pass, until the caller is interrupted. */
  void run(double[] starts, int offset, Caller caller) {
    System.arraycopy(starts, offset, image, 0, n * GROUP);
    products.unitVector(n, image, iterates[0], residuals);
    for (int k = 0; k < iterations; k++) {
      caller.requireNotInterrupted();
      products.multiplyVector(Transpose.NO, n, m, iterates[k], image);
      products.unitVector(n, image, iterates[k + 1], norms[k]);
    }
    products.powerStep(n, m, vector(), image, values, residuals);
  }

  /** λ, one a matrix. */
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
      products.unitVectorCotangent(n, iterates[k + 1], norms[k], descent);
      products.deflate(n, descent, iterates[k], gradient);
      if (k > 0) {
        products.multiplyVector(Transpose.YES, n, m, descent, product);
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
    products.multiplyVector(Transpose.YES, n, gradient, image, descent);
    for (int i = 0; i < n * GROUP; i++) {
      descent[i] -= valueCotangents[value + i % GROUP] * image[i] + vectorCotangents[vector + i];
    }
    products.multiplyVector(Transpose.NO, n, gradient, v, product);
    for (int i = 0; i < n * GROUP; i++) {
      product[i] -= valueCotangents[value + i % GROUP] * v[i];
    }
    products.deflate(n, product, v, gradient);
    products.multiplyVector(Transpose.YES, n, m, product, image);
    for (int i = 0; i < n * GROUP; i++) {
      descent[i] += image[i];
    }
  }
}
