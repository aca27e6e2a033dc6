package eigengrad.bench.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A CSV file in the making, quoted as RFC 4180 says; numbers with all their digits. */
public final class Csv {
  private final StringBuilder text = new StringBuilder();

  /**
   * A file with its header.
   *
   * @param header the columns' names
   */
  public Csv(String... header) {
    row((Object[]) header);
  }

  /**
   * Appends a row.
   *
   * @param cells as many as the header has
   */
  public void row(Object... cells) {
    text.append(Arrays.stream(cells).map(c -> quote(c.toString())).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private static String quote(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
