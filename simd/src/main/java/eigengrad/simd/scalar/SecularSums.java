package eigengrad.simd.scalar;

import static eigengrad.simd.FusedMultiplyAdd.multiplyAdd;

/**
 * The sums over whole vectors of poles, as {@link eigengrad.simd.Tridiagonal#secularSums} has them:
 * each lane its own, then the lanes folded as in {@link LaneDots}.
 */
final class SecularSums {
  private SecularSums() {}

  /**
   * Lane after lane: a division per pole is what it takes, and they do not wait for each other.
   *
   * @param n a multiple of the lanes
   */
  static void of(
      int lanes,
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    fold(0, 1, lanes, n, weights, weightOffset, gaps, gapOffset, tau, sums);
  }

  /** The sums of the lanes that lie a stride apart, a power of two. */
  private static void fold(
      int lane,
      int stride,
      int lanes,
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    if (stride < lanes) {
      int next = 2 * stride;
      fold(lane, next, lanes, n, weights, weightOffset, gaps, gapOffset, tau, sums);
      double sum = sums[0];
      double slope = sums[1];
      fold(lane + stride, next, lanes, n, weights, weightOffset, gaps, gapOffset, tau, sums);
      sums[0] = sum + sums[0];
      sums[1] = slope + sums[1];
      return;
    }
    double sum = 0;
    double slope = 0;
    for (int i = lane; i < n; i += lanes) {
      double inverse = 1 / (gaps[gapOffset + i] - tau);
      double term = weights[weightOffset + i] * inverse;
      sum += term;
      slope = multiplyAdd(term, inverse, slope);
    }
    sums[0] = sum;
    sums[1] = slope;
  }
}
