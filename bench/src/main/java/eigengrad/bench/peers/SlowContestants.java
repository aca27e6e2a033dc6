package eigengrad.bench.peers;

import java.util.HashMap;
import java.util.Map;

/** Foresees, by the cube of the order, whose calls would take too long. */
final class SlowContestants {
  private final double mostNanos;
  private final Map<String, Double> nanosPerCube = new HashMap<>();

  /**
   * No experience yet.
   *
   * @param seconds longest call that is not too long
   */
  SlowContestants(double seconds) {
    this.mostNanos = seconds * 1e9;
  }

  /** Remembers what a call took at an order. */
  void took(String name, int n, double nanos) {
    nanosPerCube.put(name, nanos / cube(n));
  }

  /** Whether a call at an order is too long, by the last one that was seen. */
  boolean isExpected(String name, int n) {
    return nanosPerCube.getOrDefault(name, 0.0) * cube(n) > mostNanos;
  }

  private static double cube(int n) {
    return (double) n * n * n;
  }
}
