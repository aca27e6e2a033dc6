package eigengrad.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class JoinedLinesTest {

  @Test
  void join_threeLinesInARow_areOnePolyline() {
    assertEquals(
        "<g/><polyline points='0,1 2,3 4,5 6,7' style='fill:none;s' clip-path='c'/><g/>",
        JoinedLines.join(
            "<g/>"
                + line("0,1", "2,3", "s")
                + line("2,3", "4,5", "s")
                + line("4,5", "6,7", "s")
                + "<g/>"));
  }

  @Test
  void join_gapBetweenLines_isKept() {
    assertEquals(
        polyline("0,1 2,3", "s") + polyline("2,4 4,5", "s"),
        JoinedLines.join(line("0,1", "2,3", "s") + line("2,4", "4,5", "s")));
  }

  @Test
  void join_otherLook_isNotJoined() {
    assertEquals(
        polyline("0,1 2,3", "s") + polyline("2,3 4,5", "t"),
        JoinedLines.join(line("0,1", "2,3", "s") + line("2,3", "4,5", "t")));
  }

  @Test
  void join_somethingBetweenLines_keepsItsPlace() {
    assertEquals(
        polyline("0,1 2,3", "s") + "<rect/>" + polyline("2,3 4,5", "s"),
        JoinedLines.join(line("0,1", "2,3", "s") + "<rect/>" + line("2,3", "4,5", "s")));
  }

  @Test
  void join_noLines_changesNothing() {
    assertEquals("<svg></svg>", JoinedLines.join("<svg></svg>"));
  }

  private static String line(String from, String to, String style) {
    String[] a = from.split(",", -1);
    String[] b = to.split(",", -1);
    return "<line x1='%s' y1='%s' x2='%s' y2='%s' style='%s' clip-path='c'/>"
        .formatted(a[0], a[1], b[0], b[1], style);
  }

  private static String polyline(String points, String style) {
    return "<polyline points='" + points + "' style='fill:none;" + style + "' clip-path='c'/>";
  }
}
