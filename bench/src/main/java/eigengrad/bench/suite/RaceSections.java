package eigengrad.bench.suite;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.Entrant;
import eigengrad.bench.peers.JsonReport;
import eigengrad.bench.peers.Measurement;
import eigengrad.bench.peers.RaceView;
import eigengrad.bench.peers.contestant.Workload;
import eigengrad.bench.report.LogChart;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The race: all libraries, in turns. */
final class RaceSections {
  private static final String NONE = "–";

  private final JsonReport.Document race;
  private final int threads;

  private RaceSections(JsonReport.Document race, int threads) {
    this.race = race;
    this.threads = threads;
  }

  static List<ReportSection> of(SuiteResults results) {
    JsonReport.Document race = results.race();
    return race == null
        ? List.of()
        : RaceView.threads(race).stream()
            .flatMap(threads -> new RaceSections(race, threads).sections())
            .toList();
  }

  private Stream<ReportSection> sections() {
    return Arrays.stream(Workload.values()).map(this::section).flatMap(Optional::stream);
  }

  private Optional<ReportSection> section(Workload workload) {
    RaceView view = RaceView.of(race, workload, threads);
    if (view.measurements().isEmpty()) {
      return Optional.empty();
    }
    List<Entrant> entrants =
        race.entrants().stream()
            .filter(entrant -> view.measurements().stream().anyMatch(m -> m.isOf(entrant)))
            .toList();
    List<String> header = new ArrayList<>(List.of("n"));
    entrants.forEach(entrant -> header.add(name(entrant)));
    header.add("eigengrad ÷ fastest native");
    header.add("fastest JVM peer ÷ eigengrad");
    List<List<String>> rows = view.orders().stream().map(n -> row(view, entrants, n)).toList();
    return Optional.of(
        new ReportSection(
            "Race: " + workload.title() + threads(),
            (threads == 1 ? "One thread each" : "The others with one thread and with more")
                + ", timed in turns; medians of the rounds with half the distance of the"
                + " quartiles.",
            header,
            rows,
            List.of(times(workload, view, entrants), ratios(workload, view))));
  }

  /** For titles. */
  private String threads() {
    return threads == 1 ? "" : ", up to %d threads".formatted(threads);
  }

  /** Of a column or a line. */
  private String name(Entrant entrant) {
    return threads == 1 ? entrant.name() : entrant.label();
  }

  private static List<String> row(RaceView view, List<Entrant> entrants, int n) {
    List<String> cells = new ArrayList<>(List.of(Integer.toString(n)));
    for (Entrant entrant : entrants) {
      cells.add(view.measurement(n, entrant).map(RaceSections::cell).orElse(NONE));
    }
    cells.add(ratio(view, n, Kind.OURS, Kind.NATIVE).map(Quantities::ratio).orElse(NONE));
    cells.add(ratio(view, n, Kind.PEER, Kind.OURS).map(Quantities::ratio).orElse(NONE));
    return cells;
  }

  private static String cell(Measurement measurement) {
    return Quantities.time(measurement.quartiles().median())
        + " "
        + Quantities.percent(measurement.quartiles().spread());
  }

  private static Optional<Double> ratio(RaceView view, int n, Kind above, Kind below) {
    return view.fastest(n, above)
        .flatMap(a -> view.fastest(n, below).map(b -> RaceView.ratio(a, b)));
  }

  private LogChart times(Workload workload, RaceView view, List<Entrant> entrants) {
    LogChart chart =
        new LogChart("Time, " + workload.word() + threads(), "n", "time of a call, µs");
    for (Entrant entrant : entrants) {
      List<Measurement> line = view.measurements().stream().filter(m -> m.isOf(entrant)).toList();
      chart.add(name(entrant), line, Measurement::n, m -> m.quartiles().median() / 1e3);
    }
    return chart;
  }

  /** Above 1 eigengrad is the faster, in both lines. */
  private LogChart ratios(Workload workload, RaceView view) {
    LogChart chart =
        new LogChart(
            "How much faster, " + workload.word() + threads(), "n", "other's time ÷ eigengrad's");
    addRatio(chart, "fastest native", view, Kind.NATIVE);
    addRatio(chart, "fastest JVM peer", view, Kind.PEER);
    double[] ends = view.orders().stream().mapToDouble(n -> n).toArray();
    double[] ones = new double[ends.length];
    Arrays.fill(ones, 1);
    chart.addBound("equal", ends, ones);
    return chart;
  }

  private static void addRatio(LogChart chart, String name, RaceView view, Kind kind) {
    chart.add(name, view.orders(), n -> n, n -> ratio(view, n, kind, Kind.OURS).orElse(Double.NaN));
  }
}
