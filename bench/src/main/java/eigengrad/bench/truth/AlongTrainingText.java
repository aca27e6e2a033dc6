package eigengrad.bench.truth;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import eigengrad.bench.report.LogChart;
import eigengrad.bench.report.Page;
import eigengrad.bench.truth.AlongTraining.Point;
import eigengrad.grad.paper.Precision;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The truth along training as pictures and in words. */
final class AlongTrainingText {
  /** An error below is drawn here, since zero has no place on a logarithmic axis. */
  private static final double LOWEST = 1e-17;

  private AlongTrainingText() {}

  static List<SectionTag> sections(AlongTraining found) {
    List<DomContent> drawings = new ArrayList<>();
    for (int groupSize : found.groupSizes()) {
      for (Precision precision : Precision.values()) {
        LogChart chart = chart(found, groupSize, precision);
        String id = "training-%d-%s".formatted(groupSize, precision).toLowerCase(Locale.ROOT);
        drawings.add(Page.drawing(chart.title(), () -> chart.svg(id)));
      }
    }
    return List.of(
        section(
            h2("How wrong is each gradient along training?"),
            p(
                "At some steps of a run, which itself uses the exact gradient, every route computes"
                    + " the gradient of whitening from the same covariances and the same loss. A"
                    + " point is the median over the layer's groups; a missing one means that most"
                    + " groups had no finite gradient."),
            div(each(drawings, drawing -> drawing)).withClass("plots")));
  }

  static LogChart chart(AlongTraining found, int groupSize, Precision precision) {
    LogChart chart =
        new LogChart(
            "d = %d, %s".formatted(groupSize, Figures.name(precision)),
            "optimiser step",
            "relative error");
    for (Route route : Route.values()) {
      List<Point> drawn =
          found.curve(groupSize, route, precision).stream()
              .filter(point -> Double.isFinite(point.errors().medianError()))
              .toList();
      chart.add(
          route.label(),
          drawn,
          point -> point.step() + 1,
          point -> Math.max(LOWEST, point.errors().medianError()));
    }
    return chart;
  }

  static List<String> verdict(AlongTraining found, int groupSize) {
    List<String> lines = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      Sentences sentences = new Sentences("Along training: d = " + groupSize, precision);
      for (Route route : Route.values()) {
        List<Point> curve = found.curve(groupSize, route, precision);
        if (!curve.isEmpty()) {
          sentences.add(route, sentence(curve));
        }
      }
      lines.addAll(sentences.lines());
    }
    return lines;
  }

  /** What becomes of one route. */
  static String sentence(List<Point> curve) {
    Point worst =
        curve.stream()
            .max(Comparator.comparingDouble(point -> point.errors().medianError()))
            .orElseThrow();
    double error = worst.errors().medianError();
    String text =
        error <= TieVerdict.RIGHT
            ? "right at every step, error at most " + Figures.number(error)
            : error < Double.POSITIVE_INFINITY
                ? "wrong by up to %s, at step %d".formatted(Figures.percent(error), worst.step())
                : "no finite gradient at step " + worst.step();
    int gone = curve.stream().mapToInt(point -> point.errors().gone()).sum();
    int all = curve.stream().mapToInt(point -> point.errors().draws().size()).sum();
    return gone == 0 ? text : text + "; %d of %d gradients not finite".formatted(gone, all);
  }
}
