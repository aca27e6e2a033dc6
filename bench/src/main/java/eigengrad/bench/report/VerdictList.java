package eigengrad.bench.report;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a verdict as lists: a line that is indented names methods and says something of
 * them.
 */
public final class VerdictList {
  private VerdictList() {}

  /**
   * A heading and a list for each block of lines.
   *
   * @param lines as a terminal shows them: names, a colon and what is said of them
   * @return the blocks
   */
  public static DomContent of(List<String> lines) {
    List<DomContent> blocks = new ArrayList<>();
    List<DomContent> entries = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("  ")) {
        String[] parts = line.strip().split(": ", 2);
        entries.add(dt(parts[0]));
        entries.add(dd(parts.length > 1 ? parts[1] : ""));
      } else {
        close(entries, blocks);
        blocks.add(h3(line));
      }
    }
    close(entries, blocks);
    return each(blocks, block -> block);
  }

  private static void close(List<DomContent> entries, List<DomContent> blocks) {
    if (!entries.isEmpty()) {
      blocks.add(dl(each(List.copyOf(entries), entry -> entry)).withClass("key"));
      entries.clear();
    }
  }
}
