package eigengrad.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a {@link FunctionPlot}.
 *
 * @param label what it shows
 * @param from value at its beginning; positive if logarithmic
 * @param to value at its end, &gt; from
 * @param logarithmic whether equal ratios, not differences, take equal space; then both ends should
 *     be powers of ten
 */
public record PlotAxis(String label, double from, double to, boolean logarithmic) {
  /** Parts of a linear axis between labels. */
  private static final int STEPS = 5;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /**
   * A labelled value.
   *
   * @param value where
   * @param text what is written there
   */
  record Tick(double value, String text) {}

  /**
   * A logarithmic axis.
   *
   * @param label what it shows
   * @param from a power of ten
   * @param to a greater one
   * @return the axis
   */
  public static PlotAxis logarithmic(String label, double from, double to) {
    return new PlotAxis(label, from, to, true);
  }

  /**
   * A linear axis.
   *
   * @param label what it shows
   * @param from its beginning
   * @param to its end, greater
   * @return the axis
   */
  public static PlotAxis linear(String label, double from, double to) {
    return new PlotAxis(label, from, to, false);
  }

  /** 0 at the beginning of the axis, 1 at its end. */
  double position(double value) {
    return logarithmic
        ? StrictMath.log(value / from) / StrictMath.log(to / from)
        : (value - from) / (to - from);
  }

  /**
   * Values from end to end, equally spaced on the axis: where a curve is to be evaluated.
   *
   * @param count ≥ 2
   * @return ascending
   */
  public double[] samples(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      double share = (double) i / (count - 1);
      values[i] =
          logarithmic ? from * StrictMath.pow(to / from, share) : from + share * (to - from);
    }
    return values;
  }

  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    if (!logarithmic) {
      for (int step = 0; step <= STEPS; step++) {
        double value = from + step * (to - from) / STEPS;
        ticks.add(new Tick(value, String.format(Locale.ROOT, "%.1f", value)));
      }
      return ticks;
    }
    int first = (int) Math.rint(StrictMath.log10(from));
    int last = (int) Math.rint(StrictMath.log10(to));
    int stride = Math.max(1, (last - first + 7) / 8);
    for (int exponent = first; exponent <= last; exponent += stride) {
      ticks.add(new Tick(StrictMath.pow(10, exponent), powerOfTen(exponent)));
    }
    return ticks;
  }

  private static String powerOfTen(int exponent) {
    if (exponent >= 0 && exponent <= 3) {
      return Integer.toString((int) StrictMath.pow(10, exponent));
    }
    StringBuilder text = new StringBuilder("10").append(exponent < 0 ? "⁻" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      text.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return text.toString();
  }
}
