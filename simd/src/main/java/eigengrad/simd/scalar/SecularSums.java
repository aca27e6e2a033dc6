package eigengrad.simd.scalar;

import static eigengrad.simd.scalar.Fused.multiplyAdd;

/**
 * The sums over whole vectors of poles, as {@link eigengrad.simd.Tridiagonal#secularSums} has them:
 * each lane its own, then the lanes folded as in {@link LaneDots}.
 */
final class SecularSums {
  private SecularSums() {}

  static void twoLanes(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    double s0 = 0;
    double s1 = 0;
    double t0 = 0;
    double t1 = 0;
    for (int i = 0; i < n; i += 2) {
      int weight = weightOffset + i;
      int gap = gapOffset + i;
      double inverse0 = 1 / (gaps[gap] - tau);
      double inverse1 = 1 / (gaps[gap + 1] - tau);
      double term0 = weights[weight] * inverse0;
      double term1 = weights[weight + 1] * inverse1;
      s0 += term0;
      t0 = multiplyAdd(term0, inverse0, t0);
      s1 += term1;
      t1 = multiplyAdd(term1, inverse1, t1);
    }
    sums[0] = s0 + s1;
    sums[1] = t0 + t1;
  }

  static void fourLanes(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double t0 = 0;
    double t1 = 0;
    double t2 = 0;
    double t3 = 0;
    for (int i = 0; i < n; i += 4) {
      int weight = weightOffset + i;
      int gap = gapOffset + i;
      double inverse0 = 1 / (gaps[gap] - tau);
      double inverse1 = 1 / (gaps[gap + 1] - tau);
      double inverse2 = 1 / (gaps[gap + 2] - tau);
      double inverse3 = 1 / (gaps[gap + 3] - tau);
      double term0 = weights[weight] * inverse0;
      double term1 = weights[weight + 1] * inverse1;
      double term2 = weights[weight + 2] * inverse2;
      double term3 = weights[weight + 3] * inverse3;
      s0 += term0;
      t0 = multiplyAdd(term0, inverse0, t0);
      s1 += term1;
      t1 = multiplyAdd(term1, inverse1, t1);
      s2 += term2;
      t2 = multiplyAdd(term2, inverse2, t2);
      s3 += term3;
      t3 = multiplyAdd(term3, inverse3, t3);
    }
    sums[0] = (s0 + s2) + (s1 + s3);
    sums[1] = (t0 + t2) + (t1 + t3);
  }

  static void eightLanes(
      int n,
      double[] weights,
      int weightOffset,
      double[] gaps,
      int gapOffset,
      double tau,
      double[] sums) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    double t0 = 0;
    double t1 = 0;
    double t2 = 0;
    double t3 = 0;
    double t4 = 0;
    double t5 = 0;
    double t6 = 0;
    double t7 = 0;
    for (int i = 0; i < n; i += 8) {
      int weight = weightOffset + i;
      int gap = gapOffset + i;
      double inverse0 = 1 / (gaps[gap] - tau);
      double inverse1 = 1 / (gaps[gap + 1] - tau);
      double inverse2 = 1 / (gaps[gap + 2] - tau);
      double inverse3 = 1 / (gaps[gap + 3] - tau);
      double inverse4 = 1 / (gaps[gap + 4] - tau);
      double inverse5 = 1 / (gaps[gap + 5] - tau);
      double inverse6 = 1 / (gaps[gap + 6] - tau);
      double inverse7 = 1 / (gaps[gap + 7] - tau);
      double term0 = weights[weight] * inverse0;
      double term1 = weights[weight + 1] * inverse1;
      double term2 = weights[weight + 2] * inverse2;
      double term3 = weights[weight + 3] * inverse3;
      double term4 = weights[weight + 4] * inverse4;
      double term5 = weights[weight + 5] * inverse5;
      double term6 = weights[weight + 6] * inverse6;
      double term7 = weights[weight + 7] * inverse7;
      s0 += term0;
      t0 = multiplyAdd(term0, inverse0, t0);
      s1 += term1;
      t1 = multiplyAdd(term1, inverse1, t1);
      s2 += term2;
      t2 = multiplyAdd(term2, inverse2, t2);
      s3 += term3;
      t3 = multiplyAdd(term3, inverse3, t3);
      s4 += term4;
      t4 = multiplyAdd(term4, inverse4, t4);
      s5 += term5;
      t5 = multiplyAdd(term5, inverse5, t5);
      s6 += term6;
      t6 = multiplyAdd(term6, inverse6, t6);
      s7 += term7;
      t7 = multiplyAdd(term7, inverse7, t7);
    }
    sums[0] = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    sums[1] = ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
  }
}
