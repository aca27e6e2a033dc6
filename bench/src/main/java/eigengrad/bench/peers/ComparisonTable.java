package eigengrad.bench.peers;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The contestants' times on one workload, a row for each order, and how eigengrad compares with the
 * fastest of each kind, whatever its threads. Below 1 in the ratio to the fastest native library,
 * above 1 in that of the fastest peer, eigengrad is the faster.
 */
final class ComparisonTable {
  private static final String NONE = "–";

  private final Statistic statistic;
  private final List<Entrant> entrants;
  private final List<Measurement> measurements;
  private final boolean tellsThreads;

  /**
   * A table.
   *
   * @param statistic that is shown and compared
   * @param entrants all who ran; those measured here get a column, in the order of the measurements
   * @param measurements of one workload in one race, at least one
   */
  ComparisonTable(Statistic statistic, List<Entrant> entrants, List<Measurement> measurements) {
    this.statistic = statistic;
    this.measurements = measurements;
    this.tellsThreads = measurements.get(0).raceThreads() > 1;
    this.entrants =
        measurements.stream()
            .map(m -> entrants.stream().filter(m::isOf).findFirst().orElseThrow())
            .distinct()
            .toList();
  }

  /** In Markdown. */
  List<String> lines() {
    List<String> header = new ArrayList<>();
    header.add("n");
    entrants.forEach(entrant -> header.add(label(entrant.name(), entrant.threads())));
    header.add("eigengrad ÷ fastest native");
    header.add("fastest JVM peer ÷ eigengrad");
    List<List<String>> rows =
        measurements.stream().map(Measurement::n).distinct().map(this::row).toList();
    return MarkdownTable.lines(header, rows);
  }

  private List<String> row(int n) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(n));
    for (Entrant entrant : entrants) {
      cells.add(
          measurements.stream()
              .filter(m -> m.n() == n && m.isOf(entrant))
              .findFirst()
              .map(this::cell)
              .orElse(NONE));
    }
    Optional<Measurement> ours = fastest(n, Kind.OURS);
    Optional<Measurement> nativeLibrary = fastest(n, Kind.NATIVE);
    Optional<Measurement> peer = fastest(n, Kind.PEER);
    cells.add(ratio(ours, nativeLibrary, nativeLibrary));
    cells.add(ratio(peer, ours, peer));
    return cells;
  }

  private String cell(Measurement measurement) {
    double nanos = statistic.nanos(measurement);
    double flops = measurement.workload().flops(measurement.n());
    String shown = flops > 0 ? Quantities.gigaflops(flops, nanos) : Quantities.time(nanos);
    return shown + " " + Quantities.percent(measurement.quartiles().spread());
  }

  private String ratio(
      Optional<Measurement> above, Optional<Measurement> below, Optional<Measurement> other) {
    if (above.isEmpty() || below.isEmpty() || other.isEmpty()) {
      return NONE;
    }
    double ratio = statistic.ratio(above.get(), below.get());
    return "%s (%s)"
        .formatted(Quantities.ratio(ratio), label(other.get().contestant(), other.get().threads()));
  }

  private String label(String contestant, int threads) {
    return tellsThreads ? Entrant.label(contestant, threads) : contestant;
  }

  private Optional<Measurement> fastest(int n, Kind kind) {
    Predicate<Measurement> isKind =
        m -> entrants.stream().anyMatch(entrant -> m.isOf(entrant) && entrant.kind() == kind);
    return measurements.stream()
        .filter(m -> m.n() == n)
        .filter(isKind)
        .min(Comparator.comparingDouble(statistic::nanos));
  }
}
