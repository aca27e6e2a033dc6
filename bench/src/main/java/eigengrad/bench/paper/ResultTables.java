package eigengrad.bench.paper;

import j2html.tags.specialized.SectionTag;
import java.util.ArrayList;
import java.util.List;

/** The tables and figures that were asked for, with their runs. */
final class ResultTables {
  private static final String TABLE1 = "Table 1: ZCA whitening";
  private static final String TABLE2 = "Table 2: PCA denoising";

  private final PaperOptions options;
  private final PlannedGrids grids;
  private final List<RunResult> results;

  ResultTables(PaperOptions options, List<RunResult> results) {
    this.options = options;
    this.grids = options.grids();
    this.results = results;
  }

  private ResultTable table(Grid grid) {
    return new ResultTable(grid, results);
  }

  private boolean hasTable2() {
    return options.wants(Experiment.TABLE2);
  }

  /** Every table with a line on what it was made of. */
  List<String> text() {
    String plusMinus = ConsoleProgress.canPrint(System.out, '±') ? "±" : "+-";
    List<String> lines = new ArrayList<>();
    if (!grids.table1().isEmpty()) {
      addText(TABLE1, grids.table1(), plusMinus, lines);
    }
    if (hasTable2()) {
      addText(TABLE2, grids.table2(), plusMinus, lines);
    }
    if (!lines.isEmpty()) {
      lines.add("");
      lines.add("Here: " + options.summary() + ".");
      lines.add("-: no run to take a figure from.");
      lines.add(
          "Paper: ResNet-18, CIFAR-10, float32, about 137,000 steps per run, about 15 runs per"
              + " cell.");
    }
    return lines;
  }

  private void addText(String title, Grid grid, String plusMinus, List<String> lines) {
    lines.add("");
    lines.add(title + ": test error of the successful runs and success rate");
    lines.add("");
    lines.addAll(table(grid).text(plusMinus));
  }

  /** What each table says of each method. */
  List<String> verdict() {
    List<String> lines = new ArrayList<>();
    if (!grids.table1().isEmpty()) {
      lines.addAll(TableVerdict.of(TABLE1, table(grids.table1())));
    }
    if (hasTable2()) {
      lines.addAll(TableVerdict.of(TABLE2, table(grids.table2())));
    }
    return lines;
  }

  /** In the order of the paper. */
  List<SectionTag> sections() {
    List<SectionTag> sections = new ArrayList<>();
    if (!grids.table1().isEmpty()) {
      sections.add(
          TableSection.of(
              TABLE1,
              "Whitening in groups of d channels: the larger d, the more eigenvalues can meet.",
              table(grids.table1())));
    }
    if (!grids.figure1().isEmpty()) {
      sections.add(
          LossCharts.of(
              "Figure 1: training loss with ZCA whitening", "figure1", table(grids.figure1())));
    }
    if (hasTable2()) {
      sections.add(
          TableSection.of(
              TABLE2,
              "The channels, each with mean 0 and variance 1, are projected onto the leading"
                  + " directions that hold 99 % of their variance. Batch normalisation leaves out"
                  + " the projection.",
              table(grids.table2())));
    }
    if (!grids.table2().isEmpty()) {
      sections.add(
          LossCharts.of(
              "Figure 2: training loss with PCA denoising", "figure2", table(grids.table2())));
    }
    if (options.wants(Experiment.FIGURE3)) {
      sections.add(
          Figure3Section.of(
              List.of(
                  new Figure3Section.Part("By energy kept", table(grids.energies())),
                  new Figure3Section.Part("By vectors kept", table(grids.vectors())),
                  new Figure3Section.Part("By number of iterations", table(grids.iterations())))));
    }
    return sections;
  }
}
