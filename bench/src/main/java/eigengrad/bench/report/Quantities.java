package eigengrad.bench.report;

import java.util.Locale;

/** Measured quantities with three digits and a unit. */
public final class Quantities {
  private Quantities() {}

  /**
   * A time in ns, µs, ms or s.
   *
   * @param nanos the time
   * @return three digits and the unit
   */
  public static String time(double nanos) {
    if (nanos < 999.5) {
      return threeDigits(nanos) + " ns";
    }
    if (nanos < 999.5e3) {
      return threeDigits(nanos / 1e3) + " µs";
    }
    return nanos < 999.5e6 ? threeDigits(nanos / 1e6) + " ms" : threeDigits(nanos / 1e9) + " s";
  }

  /**
   * A rate in GFLOP/s.
   *
   * @param flops operations
   * @param nanos the time they took
   * @return three digits, without the unit
   */
  public static String gigaflops(double flops, double nanos) {
    return threeDigits(flops / nanos);
  }

  /**
   * A ratio.
   *
   * @param ratio any
   * @return two decimals
   */
  public static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /**
   * A spread.
   *
   * @param share 0.05 for 5 %
   * @return whole percent with ±
   */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "±%.0f %%", 100 * share);
  }

  /**
   * A number of threads.
   *
   * @param threads ≥ 1
   * @return number and noun
   */
  public static String threads(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  /**
   * Any number.
   *
   * @param number shown with three digits, or all before the point
   * @return the digits
   */
  public static String threeDigits(double number) {
    int decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
