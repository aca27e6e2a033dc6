package eigengrad.bench.truth;

import eigengrad.grad.paper.Precision;
import j2html.tags.specialized.SectionTag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The truth along training: every route's gradient of the same covariance and loss, at chosen steps
 * of a run, against the exact one. The groups of a layer are the draws.
 *
 * @param points in the order of sizes and steps
 */
public record AlongTraining(List<Point> points) {

  /**
   * A route at a step.
   *
   * @param groupSize d of the layer
   * @param step counted from 0
   * @param errors of the groups
   */
  record Point(int groupSize, int step, RouteErrors errors) {}

  /** Copies the points. */
  public AlongTraining {
    points = List.copyOf(points);
  }

  /**
   * What recorders have seen, one per training run.
   *
   * @param recorders in the order of group sizes
   * @return all of it
   */
  public static AlongTraining of(List<GradientRecorder> recorders) {
    return new AlongTraining(
        recorders.stream().flatMap(recorder -> recorder.points().stream()).toList());
  }

  /** The sizes of groups, ascending. */
  List<Integer> groupSizes() {
    return points.stream().map(Point::groupSize).distinct().sorted().toList();
  }

  /** The points of one curve, in the order of steps. */
  List<Point> curve(int groupSize, Route route, Precision precision) {
    return points.stream()
        .filter(point -> point.groupSize() == groupSize)
        .filter(point -> point.errors().route() == route)
        .filter(point -> point.errors().precision() == precision)
        .toList();
  }

  /**
   * The figures as CSV.
   *
   * @param out to write to
   * @throws IOException if it cannot be written to
   */
  public void writeCsv(Appendable out) throws IOException {
    ErrorTable table = new ErrorTable(out, "d", "step");
    for (Point point : points) {
      table.add(point.errors(), point.groupSize(), point.step());
    }
  }

  /**
   * The experiment as parts of a page.
   *
   * @return a section with a picture for each size and precision
   */
  public List<SectionTag> sections() {
    return AlongTrainingText.sections(this);
  }

  /**
   * How wrong each route was, and when, from the data.
   *
   * @return lines for a terminal
   */
  public List<String> verdict() {
    List<String> lines = new ArrayList<>();
    for (int groupSize : groupSizes()) {
      lines.addAll(AlongTrainingText.verdict(this, groupSize));
    }
    return lines;
  }
}
