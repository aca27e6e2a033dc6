package eigengrad.bench.suite;

import eigengrad.bench.report.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How many times as long as a random matrix the slowest ones take. */
final class HostileSections {
  private static final String MATRIX = "matrix";
  private static final String RANDOM = "RANDOM";

  private HostileSections() {}

  /** A table for single matrices and one for batches; none where nothing can be compared. */
  static List<ReportSection> of(SuiteResults results) {
    return Stream.of(
            section(
                results,
                "Hostile",
                "Worst cases",
                "The slowest matrices that a search found, for each operation another one of the"
                    + " kind: time and ratio to a random matrix."),
            section(
                results,
                "HostileBatch",
                "Batches that fail",
                "Batches in which every matrix fails: time of a matrix and ratio to a random"
                    + " one."))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<ReportSection> section(
      SuiteResults results, String family, String title, String text) {
    List<JmhResult> figures =
        results.jmh().stream().filter(figure -> figure.family().equals(family)).toList();
    List<String> methods =
        figures.stream()
            .filter(figure -> figure.param(MATRIX).equals(RANDOM))
            .map(JmhResult::method)
            .distinct()
            .toList();
    List<String> matrices =
        figures.stream()
            .map(figure -> figure.param(MATRIX))
            .distinct()
            .filter(matrix -> !matrix.equals(RANDOM))
            .toList();
    if (methods.isEmpty() || matrices.isEmpty()) {
      return Optional.empty();
    }
    List<String> header = new ArrayList<>(List.of(MATRIX));
    header.addAll(methods);
    List<List<String>> rows = new ArrayList<>();
    Stream.concat(Stream.of(RANDOM), matrices.stream())
        .forEach(matrix -> rows.add(row(figures, methods, matrix)));
    return Optional.of(new ReportSection(title, text, header, rows, List.of()));
  }

  private static List<String> row(List<JmhResult> figures, List<String> methods, String matrix) {
    List<String> row = new ArrayList<>();
    row.add(matrix.toLowerCase(Locale.ROOT).replace('_', ' '));
    for (String method : methods) {
      double random = nanos(figures, method, RANDOM).orElseThrow();
      row.add(
          nanos(figures, method, matrix)
              .map(nanos -> cell(nanos, nanos / random, matrix))
              .orElse("–"));
    }
    return row;
  }

  private static String cell(double nanos, double ratio, String matrix) {
    String time = Quantities.time(nanos);
    return matrix.equals(RANDOM) ? time : time + ", ×" + Quantities.ratio(ratio);
  }

  private static Optional<Double> nanos(List<JmhResult> figures, String method, String matrix) {
    return figures.stream()
        .filter(figure -> figure.method().equals(method) && figure.param(MATRIX).equals(matrix))
        .map(JmhResult::nanos)
        .findFirst();
  }
}
