package eigengrad.bench.paper;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.main;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;

import eigengrad.bench.program.Machine;
import eigengrad.bench.report.Page;
import eigengrad.bench.report.VerdictList;
import eigengrad.bench.report.WholeFile;
import eigengrad.simd.Kernels;
import j2html.tags.DomContent;
import j2html.tags.specialized.PTag;
import j2html.tags.specialized.SectionTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The experiments told as text and as a page for the browser, with their figures beside it. */
final class PaperReport {
  private static final String TITLE = "Training through an eigendecomposition";

  private static final List<String> INTRODUCTION =
      List.of(
          "Some layers of neural networks take a matrix apart into its eigenvectors: whitening"
              + " makes the channels of an image uncorrelated, PCA denoising keeps only the"
              + " directions in which they vary most. To train such a network one needs the"
              + " derivative of the eigenvectors, and the textbook formula divides by the"
              + " differences of eigenvalues: where two of them are equal, it divides by zero.",
          "This page compares the ways to compute that derivative. In the tables and loss curves"
              + " each run trains a small network on images, with the layer behind its first"
              + " convolution. Success is the share of runs in which every number stayed finite"
              + " (higher is better), error the share of test images that the trained network then"
              + " gets wrong (lower is better). The paper is “Backpropagation-Friendly"
              + " Eigendecomposition” (NeurIPS 2019).");

  private final PaperOptions options;
  private final ExperimentOutcome outcome;
  private final List<Finding> findings;
  private final ResultTables tables;
  private final ZonedDateTime started;
  private final Duration elapsed;

  PaperReport(
      PaperOptions options,
      ExperimentOutcome outcome,
      List<Finding> findings,
      ZonedDateTime started,
      Duration elapsed) {
    this.options = options;
    this.outcome = outcome;
    this.findings = List.copyOf(findings);
    this.tables = new ResultTables(options, outcome.results());
    this.started = started;
    this.elapsed = elapsed;
  }

  /** The tables, and last what was right where. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.addAll(tables.text());
    if (partial()) {
      lines.add("");
      lines.add("PARTIAL: " + partialText());
    }
    lines.add("");
    lines.addAll(verdict());
    return lines;
  }

  private List<String> verdict() {
    List<String> lines = new ArrayList<>();
    findings.forEach(finding -> lines.addAll(finding.verdict()));
    lines.addAll(tables.verdict());
    return lines;
  }

  /**
   * Writes {@code index.html} and the figures beside it.
   *
   * @param folder made if it is not there
   * @return the page
   * @throws IOException if the folder cannot be written
   */
  Path write(Path folder) throws IOException {
    List<RunResult> results = outcome.results();
    Files.createDirectories(folder);
    if (!outcome.planned().isEmpty()) {
      WholeFile.write(folder.resolve("runs.csv"), out -> RunTables.writeRuns(results, out));
      WholeFile.write(folder.resolve("losses.csv"), out -> RunTables.writeLosses(results, out));
    }
    for (Finding finding : findings) {
      WholeFile.write(folder.resolve(finding.file()), finding.csv());
    }
    Path page = folder.resolve("index.html");
    WholeFile.write(page, html());
    return page;
  }

  String html() {
    return Page.document(
        TITLE,
        main(
            h1(TITLE),
            each(INTRODUCTION, text -> p(text)),
            iff(partial(), partialNotice()),
            iff(!outcome.crashes().isEmpty(), RunSections.crashes(outcome.crashes())),
            iff(!verdict().isEmpty(), inShort()),
            sections(Experiment.TIE),
            each(tables.sections(), section -> section),
            iff(options.wants(Experiment.SURFACE), SurfaceSection.of()),
            sections(Experiment.TRUTH),
            sections(Experiment.WHITE),
            iff(!outcome.planned().isEmpty(), RunSections.failures(outcome.failures())),
            settings(),
            iff(!outcome.planned().isEmpty(), RunSections.allRuns(outcome.results()))));
  }

  private SectionTag inShort() {
    return section(
        h2("In short"),
        p("Which gradient was right where, from the figures below:"),
        VerdictList.of(verdict()));
  }

  private DomContent sections(Experiment experiment) {
    return each(
        findings.stream().filter(finding -> finding.experiment() == experiment).toList(),
        finding -> each(finding.sections(), section -> section));
  }

  private PTag partialNotice() {
    return p(strong("Partial report: ")).withText(partialText()).withClass("notice");
  }

  private String partialText() {
    int ended = outcome.results().size() + outcome.crashes().size();
    return "stopped after %d of %d runs%s. The same command goes on from there."
        .formatted(
            ended,
            outcome.planned().size(),
            missing().isEmpty() ? "" : ", without " + String.join(" and ", missing()));
  }

  private boolean partial() {
    return outcome.partial() || !missing().isEmpty();
  }

  /** Experiments that were asked for and have not come to their end. */
  private List<String> missing() {
    List<Experiment> found = findings.stream().map(Finding::experiment).toList();
    return Stream.of(Experiment.TIE, Experiment.TRUTH, Experiment.WHITE)
        .filter(experiment -> options.wants(experiment) && !found.contains(experiment))
        .map(Experiment::word)
        .toList();
  }

  private SectionTag settings() {
    Map<String, String> rows = new LinkedHashMap<>(options.asGiven());
    rows.putAll(Machine.describe());
    rows.put("kernel set", Kernels.active().name());
    rows.put(
        "started",
        started.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)));
    rows.put("elapsed", clock(elapsed));
    return section(h2("Settings"), table(tbody(each(rows, Page::setting))).withClass("settings"));
  }

  static String clock(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
