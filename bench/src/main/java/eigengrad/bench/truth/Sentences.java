package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What is said of each route under a heading; routes of which the same is said share a line. */
final class Sentences {
  private final String heading;
  private final Map<String, StringJoiner> routes = new LinkedHashMap<>();

  /**
   * Nothing said yet.
   *
   * @param subject of the heading
   * @param precision of the gradients
   */
  Sentences(String subject, Precision precision) {
    this.heading = subject + ", " + Figures.name(precision);
  }

  void add(Route route, String sentence) {
    routes.computeIfAbsent(sentence, s -> new StringJoiner(", ")).add(route.label());
  }

  /** The heading and an indented line per sentence; nothing if there is no sentence. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!routes.isEmpty()) {
      lines.add(heading);
    }
    routes.forEach((sentence, names) -> lines.add("  " + names + ": " + sentence));
    return lines;
  }
}
