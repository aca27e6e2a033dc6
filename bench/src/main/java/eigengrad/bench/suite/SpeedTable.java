package eigengrad.bench.suite;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.JsonReport;
import eigengrad.bench.peers.Measurement;
import eigengrad.bench.peers.RaceView;
import eigengrad.bench.peers.contestant.Workload;
import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The README's table of speeds on one thread: eigenvalues and eigenvectors of a random symmetric
 * matrix, then, if they were raced, singular values and vectors of a random square one.
 */
final class SpeedTable {
  static final String BEGIN = "<!-- speed: made by the command below, do not edit -->";
  static final String END = "<!-- end of speed -->";
  private static final String NONE = "–";

  private final SuiteResults results;
  private final String file;

  /**
   * A table.
   *
   * @param results with a race
   * @param file name of the results in {@code bench/results}
   */
  SpeedTable(SuiteResults results, String file) {
    this.results = results;
    this.file = file;
  }

  /**
   * A document with this table between the two markers.
   *
   * @throws IllegalArgumentException if the markers are missing or there was no race
   */
  String replacedIn(String document) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no line '%s' before '%s'".formatted(BEGIN, END));
    }
    return document.substring(0, begin + BEGIN.length())
        + "\n"
        + markdown()
        + document.substring(end);
  }

  /** The lines between the markers. */
  String markdown() {
    JsonReport.Document race = results.race();
    if (race == null) {
      throw new IllegalArgumentException(file + " has no race");
    }
    RaceView eigen = RaceView.of(race, Workload.DENSE, 1);
    RaceView svd = RaceView.of(race, Workload.SVD, 1);
    boolean both = !svd.measurements().isEmpty();
    List<String> header = new ArrayList<>(List.of("n"));
    header.addAll(columns(both ? "eigenpairs" : "eigengrad"));
    if (both) {
      header.addAll(columns("SVD"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int n : orders(eigen, svd)) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(n)));
      row.addAll(cells(eigen, n));
      if (both) {
        row.addAll(cells(svd, n));
      }
      rows.add(row);
    }
    List<String> lines = new ArrayList<>(MarkdownTable.lines(header, rows));
    Map<String, String> machine = results.machine();
    lines.add("");
    lines.add(
        "From [bench/results/%s](bench/results/%s): %s, %s, %s, begun %s by `%s`."
            .formatted(
                file,
                file,
                machine.get("processor"),
                machine.get("JVM"),
                machine.get("kernel set"),
                machine.get("begun"),
                machine.get("command line")));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> columns(String time) {
    return List.of(time, "÷ fastest native", "fastest JVM peer ÷");
  }

  /** Those at which eigengrad was timed. */
  private static List<Integer> orders(RaceView... views) {
    return Stream.of(views)
        .flatMap(view -> view.orders().stream().filter(n -> view.fastest(n, Kind.OURS).isPresent()))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> cells(RaceView view, int n) {
    Measurement ours = view.fastest(n, Kind.OURS).orElse(null);
    if (ours == null) {
      return List.of(NONE, NONE, NONE);
    }
    return List.of(
        Quantities.time(ours.quartiles().median()),
        view.fastest(n, Kind.NATIVE).map(other -> ratio(ours, other, other)).orElse(NONE),
        view.fastest(n, Kind.PEER).map(other -> ratio(other, ours, other)).orElse(NONE));
  }

  private static String ratio(Measurement above, Measurement below, Measurement other) {
    return "%s (%s)".formatted(Quantities.ratio(RaceView.ratio(above, below)), other.contestant());
  }
}
