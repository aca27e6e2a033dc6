package eigengrad.bench.paper;

import static j2html.TagCreator.div;
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

/** The experiment told as text and as a page for the browser, with its figures beside it as CSV. */
final class WhiteningReport {
  private static final String TITLE = "Training through an eigendecomposition";

  private static final String INTRODUCTION =
      "Each run trains a small network on images; one of its layers, ZCA whitening, decorrelates"
          + " the channels in groups of d and therefore has to differentiate an"
          + " eigendecomposition, which can blow up. Table 1 shows for each way to compute that"
          + " gradient (rows) and each d (columns) how many runs stayed finite to the end (success:"
          + " higher is better) and how many test images the trained networks then got wrong"
          + " (error: lower is better), beside what the paper published for a larger network on"
          + " CIFAR-10: compare the pattern, not the values.";

  private final WhiteningOptions options;
  private final ExperimentOutcome outcome;
  private final Table1 table;
  private final ZonedDateTime started;
  private final Duration elapsed;

  WhiteningReport(
      WhiteningOptions options,
      ExperimentOutcome outcome,
      ZonedDateTime started,
      Duration elapsed) {
    this.options = options;
    this.outcome = outcome;
    this.table = new Table1(options.methods(), options.groupSizes(), outcome.results());
    this.started = started;
    this.elapsed = elapsed;
  }

  /** Table 1 with a line on what it was made of. */
  List<String> text() {
    String plusMinus = ConsoleProgress.canPrint(System.out, '±') ? "±" : "+-";
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Table 1: test error of the successful runs and success rate, here and in the paper");
    lines.add("");
    lines.addAll(table.text(plusMinus));
    lines.add("");
    if (outcome.partial()) {
      lines.add("PARTIAL: " + partialText());
    }
    lines.add("Here: " + options.summary() + ".");
    lines.add("-: no run to take a figure from.");
    lines.add(
        "Paper: ResNet-18, CIFAR-10, float32, about 137,000 steps per run, about 15 runs per cell.");
    return lines;
  }

  /**
   * Writes {@code runs.csv}, {@code losses.csv} and {@code index.html}.
   *
   * @param folder made if it is not there
   * @return the page
   * @throws IOException if the folder cannot be written
   */
  Path write(Path folder) throws IOException {
    List<RunResult> results = outcome.results();
    Files.createDirectories(folder);
    WholeFile.write(folder.resolve("runs.csv"), out -> RunTables.writeRuns(results, out));
    WholeFile.write(folder.resolve("losses.csv"), out -> RunTables.writeLosses(results, out));
    Path page = folder.resolve("index.html");
    WholeFile.write(page, html());
    return page;
  }

  String html() {
    return Page.document(
        TITLE,
        main(
            h1(TITLE),
            p(INTRODUCTION),
            iff(outcome.partial(), partialNotice()),
            iff(!outcome.crashes().isEmpty(), RunSections.crashes(outcome.crashes())),
            Table1Section.of(table),
            curves(),
            RunSections.failures(outcome.failures()),
            settings(),
            RunSections.allRuns(outcome.results())));
  }

  private PTag partialNotice() {
    return p(strong("Partial report: ")).withText(partialText()).withClass("notice");
  }

  private String partialText() {
    int ended = outcome.results().size() + outcome.crashes().size();
    return "stopped after %d of %d runs; the others are left out everywhere."
        .formatted(ended, outcome.planned().size());
  }

  private SectionTag curves() {
    int steps = outcome.planned().getFirst().steps();
    int width = LossCurves.stepsPerPoint(steps);
    return section(
        h2("Training loss"),
        p(
            "A line is a run"
                + (width > 1 ? ", a point the mean of " + width + " steps" : "")
                + ". A run in which the loss or a gradient was not finite ends in a cross."
                + " Losses above %.0f are drawn at %<.0f.".formatted(LossCurves.HIGHEST)
                + " The vertical axes differ from plot to plot."),
        div(each(table.groupSizes(), this::plot)).withClass("plots"));
  }

  private DomContent plot(int groupSize) {
    List<RunResult> runs =
        outcome.results().stream().filter(run -> run.settings().groupSize() == groupSize).toList();
    return runs.isEmpty()
        ? p("d = " + groupSize + ": no run finished.")
        : Page.drawing(
            "Training loss against optimiser step, d = " + groupSize,
            () -> LossCurves.chart(groupSize, runs).svg("losses-" + groupSize));
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
