package eigengrad.bench.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes polylines of SVG's single lines where each begins at the end of the one before and looks
 * the same. Dashes then run on over the joints, and the drawing is a fraction as long.
 */
final class JoinedLines {
  private static final Pattern LINE =
      Pattern.compile(
          "<line x1='([^']*)' y1='([^']*)' x2='([^']*)' y2='([^']*)' style='([^']*)'([^>]*)/>");

  private JoinedLines() {}

  /**
   * Joins all lines that can be.
   *
   * @param svg markup as the canvas writes it
   * @return markup that draws the same
   */
  static String join(String svg) {
    StringBuilder joined = new StringBuilder();
    StringBuilder open = new StringBuilder();
    String close = "";
    String end = "";
    int copied = 0;
    Matcher line = LINE.matcher(svg);
    while (line.find()) {
      String start = line.group(1) + "," + line.group(2);
      String look = "' style='fill:none;" + line.group(5) + "'" + line.group(6) + "/>";
      boolean continues =
          copied == line.start() && start.equals(end) && look.equals(close) && !open.isEmpty();
      if (!continues) {
        joined.append(open).append(close).append(svg, copied, line.start());
        open.setLength(0);
        open.append("<polyline points='").append(start);
      }
      end = line.group(3) + "," + line.group(4);
      open.append(' ').append(end);
      close = look;
      copied = line.end();
    }
    return joined.append(open).append(close).append(svg, copied, svg.length()).toString();
  }
}
