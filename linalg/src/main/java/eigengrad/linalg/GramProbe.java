package eigengrad.linalg;

import eigengrad.linalg.internal.support.RandomSigns;
import eigengrad.simd.Buffers;
import eigengrad.simd.Kernels;

/**
 * Whether the eigenvalues of AᵀA are likely to be distinct and few of them small, for the price of
 * three products with a vector.
 *
 * <p>Two steps of Lanczos' method from random signs w give a 2×2 matrix whose eigenvalues are the
 * nodes of Gauss' quadrature for the distribution of the eigenvalues, weighted by w: it has the
 * moments wᵀ(AᵀA)ᵏw, k = 0 … 3. The lower node is 0.15 of the upper one for a random square matrix
 * and for evenly spread singular values, 0.12 where these decay to a tenth, 0.07 for a thirtieth,
 * and 0.04 where half of them are near 0; chance moves it by a fifth or less from n = 128 on.
 *
 * <p>Cost: 6mn flops. Source: Z. Bai, G. Fahey and G. Golub, <i>Some Large-Scale Matrix Computation
 * Problems</i>, J. Comput. Appl. Math. 74 (1996).
 */
final class GramProbe {
  /** Of the lower node relative to the upper one. */
  private static final double LEAST_RATIO = 0.09;

  /** Relative variance of the eigenvalues up to which they may be ties. */
  private static final double EQUAL = 0x1p-40;

  private double[] domain = Buffers.NONE;
  private double[] range = Buffers.NONE;

  /**
   * Looks at a matrix.
   *
   * @param m rows
   * @param n columns, ≥ 1
   * @param a A, m×n; not modified
   * @param scale a factor for its elements, which brings the largest near 1
   * @return whether AᵀA looks well-conditioned but for a few eigenvalues
   */
  boolean fewSmall(int m, int n, double[] a, double scale) {
    domain = Buffers.atLeast(domain, n);
    range = Buffers.atLeast(range, m);
    RandomSigns.fill(n, domain);
    double first = timesMatrix(m, n, a, scale) / n;
    Kernels.level2().gemvTransposed(m, n, scale, a, 0, m, range, 0, 0, domain, 0);
    double second = Kernels.level1().dot(n, domain, 0, domain, 0) / n;
    double third = timesMatrix(m, n, a, scale) / n;
    double variance = second - first * first;
    if (!(variance > EQUAL * first * first)) {
      return false;
    }
    double other = (third - 2 * first * second + first * first * first) / variance;
    double trace = first + other;
    double determinant = first * other - variance;
    double leastShare = LEAST_RATIO / ((1 + LEAST_RATIO) * (1 + LEAST_RATIO));
    return determinant >= leastShare * trace * trace;
  }

  /** The square of the product's norm. */
  private double timesMatrix(int m, int n, double[] a, double scale) {
    Kernels.level2().gemv(m, n, scale, a, 0, m, domain, 0, 0, range, 0);
    return Kernels.level1().dot(m, range, 0, range, 0);
  }
}
