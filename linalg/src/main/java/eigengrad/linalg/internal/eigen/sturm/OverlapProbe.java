package eigengrad.linalg.internal.eigen.sturm;

import eigengrad.linalg.internal.support.RandomSigns;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Whether all pairs of many unit vectors are orthogonal, for the price of two products with a
 * vector.
 *
 * <p>VᵀVs − s for random signs s: each element sums what one vector overlaps with all others, and
 * only chance could cancel it. Cost: 4nk flops.
 */
final class OverlapProbe {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  private double[] signs = Buffers.NONE;
  private double[] sum = Buffers.NONE;
  private double[] products = Buffers.NONE;

  /**
   * Whether no vector overlaps with the others by more than 4nu, a fifteenth of what LAPACK's tests
   * allow.
   *
   * @param n length of the vectors
   * @param k how many
   */
  boolean orthogonal(int n, int k, double[] v, int offset, int ld) {
    signs = Buffers.atLeast(signs, k);
    sum = Buffers.atLeast(sum, n);
    products = Buffers.atLeast(products, k);
    RandomSigns.fill(k, signs);
    Kernels.level2().gemv(n, k, 1, v, offset, ld, signs, 0, 0, sum, 0);
    Kernels.level2().gemvTransposed(n, k, 1, v, offset, ld, sum, 0, 0, products, 0);
    Kernels.level1().axpy(k, -1, signs, 0, products, 0);
    return Kernels.level1().maxAbs(k, products, 0) <= 4.0 * n * UNIT_ROUNDOFF;
  }
}
