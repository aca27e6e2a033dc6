package eigengrad.bench.peers;

import java.util.Arrays;

/**
 * The quartiles of a sample, between neighbours linearly: R. J. Hyndman and Y. Fan, <i>Sample
 * Quantiles in Statistical Packages</i> (1996), definition 7.
 *
 * @param lower a quarter lies below
 * @param median half lies below
 * @param upper three quarters lie below
 */
public record Quartiles(double lower, double median, double upper) {

  /**
   * Quartiles of a sample.
   *
   * @param sample one number at least
   * @return lower, middle, upper
   */
  public static Quartiles of(double... sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("a sample needs at least one number");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  /**
   * The median of aᵢ/bᵢ: what the machine did to both in round i cancels.
   *
   * @param a one time a round
   * @param b one time a round
   * @return the median ratio
   */
  public static double medianRatio(double[] a, double[] b) {
    double[] ratios = new double[Math.min(a.length, b.length)];
    Arrays.setAll(ratios, i -> a[i] / b[i]);
    return of(ratios).median();
  }

  /**
   * Half the distance between the outer quartiles, relative to the median.
   *
   * @return 0.05 for 5 %
   */
  public double spread() {
    return (upper - lower) / (2 * median);
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
