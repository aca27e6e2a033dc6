package eigengrad.bench.suite;

import static eigengrad.bench.report.Html.element;

import eigengrad.bench.report.Chart;
import eigengrad.bench.report.Html;
import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Page;
import eigengrad.bench.report.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results as a page with charts and as Markdown, both from the file of results alone. */
final class SuiteReport {
  private static final String TITLE = "eigengrad's benchmarks";

  private final SuiteResults results;
  private final List<ReportSection> sections;

  SuiteReport(SuiteResults results) {
    this.results = results;
    List<ReportSection> all = new ArrayList<>();
    all.addAll(RaceSections.of(results));
    all.addAll(RaceThreads.of(results));
    all.addAll(FigureSections.of(results));
    all.addAll(ThreadSections.of(results));
    all.addAll(HostileSections.of(results));
    all.addAll(ColdSections.of(results));
    this.sections = List.copyOf(all);
  }

  /**
   * Writes the reports beside a file of results, {@code run.md} and {@code run.html} for {@code
   * run.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  void writeBeside(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    WholeFile.write(file.resolveSibling(name + ".md"), markdown());
    WholeFile.write(file.resolveSibling(name + ".html"), html());
  }

  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("# " + TITLE);
    lines.add("");
    if (!results.notRun().isEmpty()) {
      lines.addAll(List.of(partial(), ""));
    }
    results.machine().forEach((name, value) -> lines.add("- %s: %s".formatted(name, value)));
    results.notes().forEach(note -> lines.add("- left out: " + note));
    for (ReportSection section : sections) {
      lines.addAll(List.of("", "## " + section.title(), "", section.text()));
      if (!section.rows().isEmpty()) {
        lines.add("");
        lines.addAll(MarkdownTable.lines(section.header(), section.rows()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  String html() {
    Html main = element("main").add(element("h1", TITLE));
    if (!results.notRun().isEmpty()) {
      main.add(element("p", partial()));
    }
    main.add(machine());
    int charts = 0;
    for (ReportSection section : sections) {
      Html part =
          element("section").add(element("h2", section.title()), element("p", section.text()));
      Html plots = element("div").with("class", "plots");
      for (Chart chart : section.charts()) {
        plots.add(figure(chart, "chart-" + charts++));
      }
      part.add(plots);
      if (!section.rows().isEmpty()) {
        part.add(table(section));
      }
      main.add(part);
    }
    return Page.document(TITLE, main);
  }

  private static Html figure(Chart chart, String id) {
    try {
      return element("figure")
          .with("role", "img")
          .with("aria-label", chart.title())
          .markup(chart.svg(id));
    } catch (RuntimeException | LinkageError | InternalError noFonts) {
      return element(
          "p", "%s: this machine cannot draw text (%s).".formatted(chart.title(), noFonts));
    }
  }

  private static Html table(ReportSection section) {
    Html header = element("tr");
    section.header().forEach(cell -> header.add(element("th", cell)));
    Html body = element("tbody");
    for (List<String> row : section.rows()) {
      Html line = element("tr");
      row.forEach(cell -> line.add(element("td", cell)));
      body.add(line);
    }
    return element("div")
        .with("class", "wide")
        .add(
            element("table").with("class", "runs figures").add(element("thead").add(header), body));
  }

  private String partial() {
    return "PARTIAL: not run, or not to the end: " + String.join("; ", results.notRun()) + ".";
  }

  private Html machine() {
    Html body = element("tbody");
    results.machine().forEach((name, value) -> body.add(setting(name, value)));
    results.notes().forEach(note -> body.add(setting("left out", note)));
    return element("table").with("class", "settings").add(body);
  }

  private static Html setting(String name, String value) {
    return element("tr").add(element("th", name).with("scope", "row"), element("td", value));
  }
}
