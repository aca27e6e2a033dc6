package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import java.util.Locale;

/** Errors and precisions in words. */
final class Figures {
  /** From this relative error on, it is told as a multiple of the truth. */
  private static final double MULTIPLE = 10;

  private Figures() {}

  static String name(Precision precision) {
    return precision == Precision.FLOAT32 ? "float32" : "double";
  }

  /** Two digits, or a power of ten with one. */
  static String number(double x) {
    if (x == 0) {
      return "0";
    }
    return String.format(Locale.ROOT, x >= 0.01 && x < 100 ? "%.2g" : "%.0e", x);
  }

  /** A share such as a relative error. */
  static String percent(double share) {
    if (share == Double.POSITIVE_INFINITY) {
      return "not finite";
    } else if (share >= MULTIPLE) {
      return String.format(
          Locale.ROOT, share < 1000 ? "%.0f× the truth" : "%.0e× the truth", share);
    }
    String digits = share >= 0.1 ? "%.0f %%" : share >= 1e-3 ? "%.2g %%" : "%.0e";
    return String.format(Locale.ROOT, digits, share >= 1e-3 ? 100 * share : share);
  }
}
