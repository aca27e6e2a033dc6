package eigengrad.bench.suite;

import eigengrad.bench.peers.Contestant.Kind;
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

/** What more threads bring to eigengrad, to the best native library and to the best JVM peer. */
final class RaceThreads {
  private static final String NONE = "–";

  /** A kind and its name in the report. */
  private record Side(Kind kind, String name) {}

  private static final List<Side> SIDES =
      List.of(
          new Side(Kind.OURS, "eigengrad"),
          new Side(Kind.NATIVE, "fastest native"),
          new Side(Kind.PEER, "fastest JVM peer"));

  private final RaceView one;
  private final RaceView more;

  private RaceThreads(RaceView one, RaceView more) {
    this.one = one;
    this.more = more;
  }

  /** A section for each workload that was raced on one thread and on more; none otherwise. */
  static List<ReportSection> of(SuiteResults results) {
    JsonReport.Document race = results.race();
    List<ReportSection> sections = new ArrayList<>();
    if (race != null) {
      for (int threads : RaceView.threads(race)) {
        for (Workload workload : Workload.values()) {
          RaceView one = RaceView.of(race, workload, 1);
          RaceView more = RaceView.of(race, workload, threads);
          if (threads > 1 && !one.measurements().isEmpty() && !more.measurements().isEmpty()) {
            sections.add(new RaceThreads(one, more).section(workload, threads));
          }
        }
      }
    }
    return sections;
  }

  private ReportSection section(Workload workload, int threads) {
    List<String> header = new ArrayList<>(List.of("n"));
    SIDES.forEach(side -> header.add(side.name()));
    List<List<String>> rows = new ArrayList<>();
    for (int n : more.orders()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(n)));
      SIDES.forEach(side -> row.add(speedUp(n, side).map(Quantities::ratio).orElse(NONE)));
      rows.add(row);
    }
    return new ReportSection(
        "Speed-up in the race: %s, up to %d threads".formatted(workload.title(), threads),
        "Median time on one thread ÷ that on up to %d. The fastest of a kind may be another"
                .formatted(threads)
            + " library, or on one thread, in either.",
        header,
        rows,
        List.of(chart(workload, threads)));
  }

  private LogChart chart(Workload workload, int threads) {
    LogChart chart =
        new LogChart(
            "Speed-up, %s, up to %d threads".formatted(workload.word(), threads),
            "n",
            "time on 1 thread ÷ time");
    for (Side side : SIDES) {
      chart.add(side.name(), more.orders(), n -> n, n -> speedUp(n, side).orElse(Double.NaN));
    }
    double[] orders = more.orders().stream().mapToDouble(n -> n).toArray();
    double[] ideal = new double[orders.length];
    Arrays.fill(ideal, threads);
    chart.addBound("ideal", orders, ideal);
    return chart;
  }

  private Optional<Double> speedUp(int n, Side side) {
    return one.fastest(n, side.kind())
        .flatMap(a -> more.fastest(n, side.kind()).map(b -> median(a) / median(b)));
  }

  private static double median(Measurement measurement) {
    return measurement.quartiles().median();
  }
}
