package eigengrad.bench.truth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Errors as CSV, one row per route and precision, numbers with all their digits. */
final class ErrorTable {
  private static final List<String> FIGURES =
      List.of(
          "route",
          "precision",
          "draws",
          "gone",
          "median_error",
          "largest_error",
          "wrong_by_more_than_the_truth",
          "median_size");

  private final CSVPrinter csv;

  /**
   * Writes the header.
   *
   * @param out to write to
   * @param keys names of the columns before the figures
   */
  ErrorTable(Appendable out, String... keys) throws IOException {
    this.csv = new CSVPrinter(out, CSVFormat.RFC4180);
    List<Object> header = new ArrayList<>(List.of(keys));
    header.addAll(FIGURES);
    csv.printRecord(header);
  }

  void add(RouteErrors errors, Object... keys) throws IOException {
    List<Object> row = new ArrayList<>(List.of(keys));
    row.addAll(errors.row());
    csv.printRecord(row);
  }
}
