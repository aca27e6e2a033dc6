package eigengrad.bench.paper;

import static eigengrad.bench.report.Html.element;

import eigengrad.bench.program.Machine;
import eigengrad.bench.report.Html;
import eigengrad.bench.report.Page;
import eigengrad.bench.report.WholeFile;
import eigengrad.simd.Kernels;
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
    Html main = element("main").add(element("h1", TITLE), element("p", INTRODUCTION));
    if (outcome.partial()) {
      main.add(partialNotice());
    }
    if (!outcome.crashes().isEmpty()) {
      main.add(RunSections.crashes(outcome.crashes()));
    }
    main.add(
        Table1Section.of(table),
        curves(),
        RunSections.failures(outcome.failures()),
        settings(),
        RunSections.allRuns(outcome.results()));
    return Page.document(TITLE, main);
  }

  private Html partialNotice() {
    return element("p")
        .with("class", "notice")
        .add(element("strong", "Partial report: "))
        .text(partialText());
  }

  private String partialText() {
    int ended = outcome.results().size() + outcome.crashes().size();
    return "stopped after %d of %d runs; the others are left out everywhere."
        .formatted(ended, outcome.planned().size());
  }

  private Html curves() {
    Html section = element("section").add(element("h2", "Training loss"));
    int steps = outcome.planned().getFirst().steps();
    int width = LossCurves.stepsPerPoint(steps);
    section.add(
        element(
            "p",
            "A line is a run"
                + (width > 1 ? ", a point the mean of " + width + " steps" : "")
                + ". A run in which the loss or a gradient was not finite ends in a cross."
                + " Losses above %.0f are drawn at %<.0f.".formatted(LossCurves.HIGHEST)
                + " The vertical axes differ from plot to plot."));
    Html plots = element("div").with("class", "plots");
    for (int d : table.groupSizes()) {
      List<RunResult> runs =
          outcome.results().stream().filter(run -> run.settings().groupSize() == d).toList();
      plots.add(plot(d, runs));
    }
    return section.add(plots);
  }

  private static Html plot(int groupSize, List<RunResult> runs) {
    if (runs.isEmpty()) {
      return element("p", "d = " + groupSize + ": no run finished.");
    }
    Html figure =
        element("figure")
            .with("role", "img")
            .with("aria-label", "Training loss against optimiser step, d = " + groupSize);
    try {
      return figure.markup(LossCurves.chart(groupSize, runs).svg("losses-" + groupSize));
    } catch (RuntimeException | LinkageError | InternalError noFonts) {
      return element(
          "p", "d = " + groupSize + ": this machine cannot draw text (" + noFonts + ").");
    }
  }

  private Html settings() {
    Map<String, String> rows = new LinkedHashMap<>(options.asGiven());
    rows.putAll(Machine.describe());
    rows.put("kernel set", Kernels.active().name());
    rows.put(
        "started",
        started.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)));
    rows.put("elapsed", clock(elapsed));
    Html body = element("tbody");
    rows.forEach(
        (name, value) ->
            body.add(
                element("tr").add(element("th", name).with("scope", "row"), element("td", value))));
    return element("section")
        .add(element("h2", "Settings"), element("table").with("class", "settings").add(body));
  }

  static String clock(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
