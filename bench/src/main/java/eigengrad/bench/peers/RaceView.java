package eigengrad.bench.peers;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.contestant.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One workload of a race, compared by medians over the rounds if nothing else is said.
 *
 * @param entrants who ran
 * @param measurements of the workload, at one number of threads
 */
public record RaceView(List<Entrant> entrants, List<Measurement> measurements) {

  /**
   * A part of a race.
   *
   * @param race the whole
   * @param workload what was computed
   * @param raceThreads the most that anybody might use
   * @return the part, perhaps empty
   */
  public static RaceView of(JsonReport.Document race, Workload workload, int raceThreads) {
    return new RaceView(
        race.entrants(),
        race.measurements().stream()
            .filter(m -> m.workload() == workload && m.raceThreads() == raceThreads)
            .toList());
  }

  /**
   * The parts of a race by threads.
   *
   * @param race the whole
   * @return the most that anybody might use in each
   */
  public static List<Integer> threads(JsonReport.Document race) {
    return race.measurements().stream().map(Measurement::raceThreads).distinct().sorted().toList();
  }

  /**
   * The orders that were run.
   *
   * @return ascending
   */
  public List<Integer> orders() {
    return measurements.stream().map(Measurement::n).distinct().sorted().toList();
  }

  /**
   * The measurement of one contestant.
   *
   * @param n order
   * @param entrant who
   * @return nothing if it was not timed at this order
   */
  public Optional<Measurement> measurement(int n, Entrant entrant) {
    return measurements.stream().filter(m -> m.n() == n && m.isOf(entrant)).findFirst();
  }

  /**
   * The fastest of a kind.
   *
   * @param n order
   * @param kind ours, native or peer
   * @return nothing if none of the kind was timed
   */
  public Optional<Measurement> fastest(int n, Kind kind) {
    return fastest(n, kind, Statistic.MEDIAN);
  }

  /** The fastest of a kind by another statistic. */
  Optional<Measurement> fastest(int n, Kind kind, Statistic statistic) {
    return measurements.stream()
        .filter(m -> m.n() == n)
        .filter(m -> entrants.stream().anyMatch(e -> m.isOf(e) && e.kind() == kind))
        .min(Comparator.comparingDouble(statistic::nanos));
  }

  /**
   * How many times as long one takes as another, by the median of the rounds' ratios.
   *
   * @param above numerator
   * @param below denominator
   * @return the ratio
   */
  public static double ratio(Measurement above, Measurement below) {
    return Statistic.MEDIAN.ratio(above, below);
  }
}
