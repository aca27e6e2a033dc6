package eigengrad.bench.peers;

import java.util.Locale;

/** Measured quantities with three digits and a unit. */
final class Quantities {
  private Quantities() {}

  /** A time in µs, ms or s. */
  static String time(double nanos) {
    if (nanos < 999.5e3) {
      return threeDigits(nanos / 1e3) + " µs";
    }
    return nanos < 999.5e6 ? threeDigits(nanos / 1e6) + " ms" : threeDigits(nanos / 1e9) + " s";
  }

  /** A rate in GFLOP/s, without the unit. */
  static String gigaflops(double flops, double nanos) {
    return threeDigits(flops / nanos);
  }

  /** A ratio with two decimals. */
  static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** A spread in whole percent. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "±%.0f %%", 100 * share);
  }

  /** A number of threads. */
  static String threads(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  private static String threeDigits(double number) {
    int decimals = number < 9.995 ? 2 : number < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
