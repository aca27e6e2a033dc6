package eigengrad.bench.suite;

import eigengrad.bench.hostile.WorstCaseSearch;
import eigengrad.bench.report.MarkdownTable;
import eigengrad.bench.report.Quantities;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for the matrices that {@code Hostile} times. */
@Command(
    name = "search",
    showDefaultValues = true,
    description = "Looks for matrices that are slow to solve: about 3 minutes.")
final class SearchCommand implements Callable<Integer> {
  private static final int WARM_UP_MILLIS = 1000;
  private static final List<String> HEADER =
      List.of("operation", "matrix", "glue", "time", "÷ random");

  @Option(names = "--n", paramLabel = "<n>", defaultValue = "512", description = "Order.")
  private int n;

  @Option(
      names = "--trials",
      paramLabel = "<k>",
      defaultValue = "60",
      description = "Matrices of each kind for each operation.")
  private int trials;

  @Option(names = "--seed", paramLabel = "<s>", defaultValue = "1", description = "Of the search.")
  private long seed;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    List<List<String>> rows =
        new WorstCaseSearch(n, trials, seed, WARM_UP_MILLIS)
            .run().stream().map(SearchCommand::row).toList();
    PrintWriter out = spec.commandLine().getOut();
    MarkdownTable.lines(HEADER, rows).forEach(out::println);
    out.flush();
    return 0;
  }

  private static List<String> row(WorstCaseSearch.Found found) {
    return List.of(
        found.operation().name(),
        found.matrix().name(),
        found.glue(),
        Quantities.time(found.nanos()),
        Quantities.ratio(found.ratio()));
  }
}
