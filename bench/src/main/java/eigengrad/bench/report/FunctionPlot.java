package eigengrad.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Curves of functions as an SVG file for a README. It brings its own colours for light and dark
 * pages, and its layout does not depend on the fonts of the machine, so that a file can be compared
 * with what the code draws.
 */
public final class FunctionPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 380;
  private static final int LEFT = 78;
  private static final int RIGHT = 490;
  private static final int TOP = 40;
  private static final int BOTTOM = 320;
  private static final int LEGEND_LINE = 24;

  /** Dashes keep the curves apart in grey, colours after Okabe and Ito. */
  private static final String STYLE =
      """
      <style>
      svg { font-family: sans-serif; font-size: 13px; }
      .page { fill: #ffffff; } text { fill: #24292f; } .title { font-weight: bold; }
      .grid { stroke: #d8dee4; } .frame { stroke: #6e7781; fill: none; }
      .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
      .c0 { stroke: #24292f; stroke-dasharray: 2 3; } .c1 { stroke: #0072b2; stroke-width: 3; }
      .c2 { stroke: #d55e00; stroke-dasharray: 9 3; } .c3 { stroke: #009e73; stroke-dasharray: 5 3; }
      .c4 { stroke: #b5548f; stroke-dasharray: 9 3 2 3; } .c5 { stroke: #b07d00; }
      @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; } text { fill: #e6edf3; }
      .grid { stroke: #30363d; } .frame { stroke: #8b949e; }
      .c0 { stroke: #e6edf3; } .c1 { stroke: #56b4e9; } .c2 { stroke: #ff8c42; }
      .c3 { stroke: #2ec99a; } .c4 { stroke: #e08cc0; } .c5 { stroke: #f0c000; }
      }
      </style>
      """;

  private static final int LOOKS = 6;

  /** One curve. */
  @SuppressWarnings("ArrayRecordComponent") // only read
  private record Curve(int look, String name, double[] x, double[] y) {}

  private final String title;
  private final PlotAxis xAxis;
  private final PlotAxis yAxis;
  private final List<Curve> curves = new ArrayList<>();

  /**
   * A plot without curves.
   *
   * @param title above it
   * @param xAxis the horizontal axis
   * @param yAxis the vertical axis
   */
  public FunctionPlot(String title, PlotAxis xAxis, PlotAxis yAxis) {
    this.title = title;
    this.xAxis = xAxis;
    this.yAxis = yAxis;
  }

  /**
   * Adds a curve. What lies outside the axes is not drawn.
   *
   * @param look its colour and dashes, 0 to 5
   * @param name for the legend
   * @param x ascending
   * @param y as long as x
   * @throws IllegalArgumentException if there is no such look
   */
  public void add(int look, String name, double[] x, double[] y) {
    if (look < 0 || look >= LOOKS) {
      throw new IllegalArgumentException("look must be from 0 to 5, got " + look);
    }
    curves.add(new Curve(look, name, x.clone(), y.clone()));
  }

  /**
   * The drawing.
   *
   * @return a whole SVG file
   */
  public String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(WIDTH, HEIGHT));
    svg.append("<title>").append(Page.escape(title)).append("</title>\n").append(STYLE);
    svg.append("<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, HEIGHT));
    svg.append(
        "<clipPath id=\"plot\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>\n"
            .formatted(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP));
    addAxes(svg);
    for (int i = 0; i < curves.size(); i++) {
      addCurve(svg, i);
    }
    text(svg, "title", (LEFT + RIGHT) / 2, TOP - 16, "middle", title);
    return svg.append("</svg>\n").toString();
  }

  private void addAxes(StringBuilder svg) {
    for (PlotAxis.Tick tick : xAxis.ticks()) {
      double x = x(tick.value());
      line(svg, x, TOP, x, BOTTOM);
      text(svg, "tick", x, BOTTOM + 19, "middle", tick.text());
    }
    for (PlotAxis.Tick tick : yAxis.ticks()) {
      double y = y(tick.value());
      line(svg, LEFT, y, RIGHT, y);
      text(svg, "tick", LEFT - 8, y + 4, "end", tick.text());
    }
    svg.append(
        "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
            .formatted(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP));
    text(svg, "label", (LEFT + RIGHT) / 2, BOTTOM + 44, "middle", xAxis.label());
    int middle = (TOP + BOTTOM) / 2;
    svg.append(
        "<text class=\"label\" text-anchor=\"middle\" transform=\"translate(20 %d) rotate(-90)\">"
            .formatted(middle));
    svg.append(Page.escape(yAxis.label())).append("</text>\n");
  }

  private void addCurve(StringBuilder svg, int index) {
    Curve curve = curves.get(index);
    svg.append("<polyline class=\"curve c")
        .append(curve.look())
        .append("\" clip-path=\"url(#plot)\"");
    svg.append(" points=\"");
    for (int i = 0; i < curve.x().length; i++) {
      if (Math.abs(yAxis.position(curve.y()[i]) - 0.5) <= 1) {
        svg.append(number(x(curve.x()[i]))).append(',').append(number(y(curve.y()[i]))).append(' ');
      }
    }
    svg.append("\"/>\n");
    int y = TOP + 10 + index * LEGEND_LINE;
    svg.append(
        "<line class=\"curve c%d\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
            .formatted(curve.look(), RIGHT + 14, y, RIGHT + 46, y));
    text(svg, "name", RIGHT + 54, y + 4, "start", curve.name());
  }

  private double x(double value) {
    return LEFT + xAxis.position(value) * (RIGHT - LEFT);
  }

  private double y(double value) {
    return BOTTOM - yAxis.position(value) * (BOTTOM - TOP);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(number(x1), number(y1), number(x2), number(y2)));
  }

  private static void text(
      StringBuilder svg, String kind, double x, double y, String anchor, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(kind, number(x), number(y), anchor, Page.escape(text)));
  }

  private static String number(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
