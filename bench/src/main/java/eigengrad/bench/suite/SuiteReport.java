package eigengrad.bench.suite;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.tr;

import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Page;
import eigengrad.bench.report.WholeFile;
import j2html.tags.specialized.DivTag;
import j2html.tags.specialized.SectionTag;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.TrTag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

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
    AtomicInteger charts = new AtomicInteger();
    return Page.document(
        TITLE,
        main(
            h1(TITLE),
            iff(!results.notRun().isEmpty(), p(partial())),
            machine(),
            each(sections, section -> html(section, charts))));
  }

  private static SectionTag html(ReportSection section, AtomicInteger charts) {
    return section(
        h2(section.title()),
        p(section.text()),
        div(each(
                section.charts(),
                chart ->
                    Page.drawing(
                        chart.title(), () -> chart.svg("chart-" + charts.getAndIncrement()))))
            .withClass("plots"),
        iff(!section.rows().isEmpty(), figures(section)));
  }

  private static DivTag figures(ReportSection section) {
    List<TrTag> rows = section.rows().stream().map(row -> tr(each(row, cell -> td(cell)))).toList();
    return div(Page.figures(section.header(), rows).withClass("runs figures")).withClass("wide");
  }

  private String partial() {
    return "PARTIAL: not run, or not to the end: " + String.join("; ", results.notRun()) + ".";
  }

  private TableTag machine() {
    return table(
            tbody(
                each(results.machine(), Page::setting),
                each(results.notes(), note -> Page.setting("left out", note))))
        .withClass("settings");
  }
}
