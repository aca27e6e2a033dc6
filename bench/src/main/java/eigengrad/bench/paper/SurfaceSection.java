package eigengrad.bench.paper;

import static j2html.TagCreator.div;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import eigengrad.bench.report.HeatMap;
import eigengrad.bench.report.LineChart;
import eigengrad.bench.report.LineStyle;
import eigengrad.bench.report.Page;
import eigengrad.grad.TermCount;
import j2html.tags.specialized.SectionTag;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The share (λₖ/λ₁)^K of a pair's gradient that K terms of power iteration leave out: as a surface
 * seen from above and by its contours.
 */
final class SurfaceSection {
  private static final int MOST_TERMS = 60;
  private static final int TERMS_STEP = 2;
  private static final int RATIOS = 40;
  private static final double LARGEST_RATIO = 0.98;
  private static final int CONTOUR_POINTS = 200;

  private SurfaceSection() {}

  static SectionTag of() {
    HeatMap surface = surface();
    LineChart contours = contours();
    return section(
        h2("What K terms leave out"),
        p(
            "The paper's gradient replaces 1/(λ₁ − λₖ) by K terms of a geometric series, and so"
                + " misses the share (λₖ/λ₁)^K of it: little for eigenvalues that are far apart,"
                + " all of it at a tie. More terms help, but never at a tie."),
        div(
                Page.drawing(surface.title(), () -> surface.svg("surface")),
                Page.drawing("Contours of (λₖ/λ₁)^K", () -> contours.svg("contours")))
            .withClass("plots"));
  }

  static HeatMap surface() {
    double[] ratios =
        IntStream.rangeClosed(0, RATIOS).mapToDouble(i -> (double) i / RATIOS).toArray();
    double[] terms =
        IntStream.rangeClosed(1, MOST_TERMS / TERMS_STEP)
            .mapToDouble(i -> TERMS_STEP * i - 1)
            .toArray();
    return HeatMap.of(
        "The share left out, (λₖ/λ₁)^K",
        new HeatMap.Axis("ratio of the eigenvalues, λₖ/λ₁", ratios),
        new HeatMap.Axis("K", terms),
        (ratio, k) -> Math.pow(ratio, k));
  }

  private record Contour(double share, LineStyle style) {}

  static LineChart contours() {
    LineChart chart =
        new LineChart(
            "K from which at most so much is left out",
            "ratio of the eigenvalues, λₖ/λ₁",
            "K",
            1,
            "");
    for (Contour contour :
        List.of(
            new Contour(0.01, LineStyle.PURPLE),
            new Contour(0.05, LineStyle.VERMILLION),
            new Contour(0.25, LineStyle.GREEN),
            new Contour(0.5, LineStyle.ORANGE))) {
      double[] ratios =
          IntStream.range(0, CONTOUR_POINTS)
              .mapToDouble(i -> LARGEST_RATIO * i / (CONTOUR_POINTS - 1))
              .toArray();
      double[] terms =
          Arrays.stream(ratios)
              .map(ratio -> TermCount.forRelativeError(contour.share(), ratio))
              .toArray();
      chart.add(
          new LineChart.Line(
              "%.0f %%".formatted(100 * contour.share()), contour.style(), ratios, terms, false));
    }
    chart.add(
        new LineChart.Line(
            "K = " + Grids.TERMS,
            LineStyle.BLUE,
            new double[] {0, 1},
            new double[] {Grids.TERMS, Grids.TERMS},
            false));
    return chart;
  }
}
