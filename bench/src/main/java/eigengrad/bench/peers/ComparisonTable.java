package eigengrad.bench.peers;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The contestants' times on one workload, a row for each order, and how eigengrad compares with the
 * fastest of each kind, whatever its threads. Below 1 in the ratio to the fastest native library,
 * above 1 in that of the fastest peer, eigengrad is the faster.
 */
final class ComparisonTable {
  private static final String NONE = "–";

  private final Statistic statistic;
  private final List<Entrant> entrants;
  private final RaceView view;
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
    this.view = new RaceView(entrants, measurements);
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
    return MarkdownTable.lines(header, view.orders().stream().map(this::row).toList());
  }

  private List<String> row(int n) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(n));
    for (Entrant entrant : entrants) {
      cells.add(view.measurement(n, entrant).map(this::cell).orElse(NONE));
    }
    Optional<Measurement> ours = view.fastest(n, Kind.OURS, statistic);
    Optional<Measurement> nativeLibrary = view.fastest(n, Kind.NATIVE, statistic);
    Optional<Measurement> peer = view.fastest(n, Kind.PEER, statistic);
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
}
