package eigengrad.bench.peers;

import java.util.Arrays;
import java.util.Locale;

/** What of a contestant's times a table shows and compares. */
enum Statistic {
  /** The median of the rounds: what a call takes, garbage collection included. */
  MEDIAN("median of the rounds", "medians over the rounds"),
  /** The fastest call: for machines that others use as well. */
  FASTEST("fastest call of all rounds", "of the fastest calls");

  private final String time;
  private final String ratio;

  Statistic(String time, String ratio) {
    this.time = time;
    this.ratio = ratio;
  }

  /** How a time is found, in words. */
  String time() {
    return time;
  }

  /** How a ratio is found, in words. */
  String ratio() {
    return ratio;
  }

  /** A contestant's time in nanoseconds. */
  double nanos(Measurement measurement) {
    return this == MEDIAN ? measurement.quartiles().median() : measurement.fastestNanos();
  }

  /** The time of a phase in nanoseconds, from its means of the rounds. */
  double nanos(double[] rounds) {
    return this == MEDIAN
        ? Quartiles.of(rounds).median()
        : Arrays.stream(rounds).min().orElseThrow();
  }

  /** How many times as long the first takes as the second. */
  double ratio(Measurement first, Measurement second) {
    return this == MEDIAN
        ? Quartiles.medianRatio(first.nanosPerCall(), second.nanosPerCall())
        : first.fastestNanos() / second.fastestNanos();
  }

  /** The option's word for it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
