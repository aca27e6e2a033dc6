package eigengrad.bench.peers;

import eigengrad.bench.report.Quantities;

/**
 * A contestant as it ran.
 *
 * @param name in tables
 * @param kind what it is compared as
 * @param threads that it might use
 * @param origin its jar
 * @param description what its library said of itself
 */
public record Entrant(
    String name, Contestant.Kind kind, int threads, String origin, String description) {

  /**
   * Name and threads, which tell entrants of a race apart.
   *
   * @return both
   */
  public String label() {
    return label(name, threads);
  }

  static String label(String name, int threads) {
    return "%s, %s".formatted(name, Quantities.threads(threads));
  }
}
