package eigengrad.bench.report;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows as CSV, quoted as RFC 4180 says; numbers with all their digits. */
public final class Csv {
  private final Appendable out;

  /**
   * Starts with the header.
   *
   * @param out where the rows go, one by one
   * @param header the columns' names
   * @throws IOException if it cannot be written
   */
  public Csv(Appendable out, String... header) throws IOException {
    this.out = out;
    row((Object[]) header);
  }

  /**
   * Appends a row.
   *
   * @param cells as many as the header has
   * @throws IOException if it cannot be written
   */
  public void row(Object... cells) throws IOException {
    out.append(Arrays.stream(cells).map(c -> quote(c.toString())).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private static String quote(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
