package eigengrad.bench.truth;

import eigengrad.bench.truth.TieApproach.Point;
import eigengrad.bench.truth.TieApproach.Scene;
import eigengrad.grad.paper.Precision;
import java.util.ArrayList;
import java.util.List;

/** The approach to a tie in words, from the medians of the draws. */
final class TieVerdict {
  /** A gradient is right up to this relative error. */
  static final double RIGHT = 0.01;

  private TieVerdict() {}

  /** Every route on one function, in both precisions. */
  static List<String> of(TieApproach approach, Scene scene) {
    List<String> lines = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      Sentences sentences = new Sentences("Two eigenvalues meet: " + scene.label(), precision);
      for (Route route : Route.values()) {
        List<Point> curve = approach.curve(scene, route, precision);
        if (!curve.isEmpty()) {
          sentences.add(route, sentence(curve));
        }
      }
      lines.addAll(sentences.lines());
    }
    return lines;
  }

  /**
   * What becomes of one route.
   *
   * @param curve from the largest gap to the smallest, one point at least
   */
  static String sentence(List<Point> curve) {
    int right = 0;
    while (right < curve.size() && error(curve.get(right)) <= RIGHT) {
      right++;
    }
    if (right == curve.size()) {
      return "right at every gap, error at most " + Figures.number(largestError(curve));
    }
    List<Point> rest = curve.subList(right, curve.size());
    List<String> parts = new ArrayList<>();
    parts.add(
        right == 0
            ? "not right even at the largest gap"
            : "right down to gap " + gap(curve, right));
    double worst = largestError(rest);
    if (worst > RIGHT) {
      parts.add("wrong below by up to " + Figures.percent(worst));
    }
    parts.addAll(gone(rest));
    if (error(rest.get(rest.size() - 1)) <= RIGHT) {
      parts.add("right again at gap " + gap(rest, rest.size()));
    }
    return String.join("; ", parts);
  }

  /** Nothing, or where there is no gradient. */
  private static List<String> gone(List<Point> rest) {
    int first = 0;
    while (first < rest.size() && !isGone(rest.get(first))) {
      first++;
    }
    if (first == rest.size()) {
      return List.of();
    }
    List<Point> after = rest.subList(first, rest.size());
    long gone = after.stream().filter(TieVerdict::isGone).count();
    String where = gap(rest, first + 1);
    return List.of(
        gone == after.size()
            ? "no finite gradient from gap %s on".formatted(where)
            : "no finite gradient at %d of the gaps from %s on".formatted(gone, where));
  }

  private static boolean isGone(Point point) {
    return error(point) == Double.POSITIVE_INFINITY;
  }

  private static double error(Point point) {
    return point.errors().medianError();
  }

  /** Of the gaps with a finite gradient; 0 if there is none. */
  private static double largestError(List<Point> points) {
    return points.stream().mapToDouble(TieVerdict::error).filter(Double::isFinite).max().orElse(0);
  }

  /** The gap of the last of so many points. */
  private static String gap(List<Point> points, int count) {
    return Figures.number(points.get(count - 1).gap());
  }
}
