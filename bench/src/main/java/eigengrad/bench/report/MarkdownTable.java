package eigengrad.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown, its columns flush right. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /**
   * The header, the rule and the rows.
   *
   * @param header names of the columns
   * @param rows as many cells each
   * @return lines without ends
   */
  public static List<String> lines(List<String> header, List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(line(header));
    lines.add(line(Collections.nCopies(header.size(), "---:")));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
