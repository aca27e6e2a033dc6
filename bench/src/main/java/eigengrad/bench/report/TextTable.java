package eigengrad.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table of plain text: the leading columns flush left, the others flush right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final int leftColumns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param leftColumns how many columns are labels, flush left
   */
  public TextTable(int leftColumns) {
    this.leftColumns = leftColumns;
  }

  /**
   * Appends a row; no cells at all make an empty line.
   *
   * @param cells as many as in the other rows
   */
  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /**
   * The table as lines without trailing blanks.
   *
   * @return one string per row
   */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.size(); c++) {
      String blanks = " ".repeat(widths[c] - row.get(c).length());
      line.append(c == 0 ? "" : GAP);
      line.append(c < leftColumns ? row.get(c) + blanks : blanks + row.get(c));
    }
    return line.toString().stripTrailing();
  }
}
