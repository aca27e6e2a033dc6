package eigengrad.bench.peers;

import eigengrad.bench.program.Commands;
import eigengrad.bench.program.EndWithParent;
import eigengrad.bench.program.Folders;
import eigengrad.bench.program.Machine;
import eigengrad.bench.program.StopOnSignal;
import eigengrad.bench.program.TimedJvm;
import eigengrad.bench.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Races eigengrad against native libraries and other libraries of the JVM, run from the root by
 * {@code mvn -Ppeers -Dpeers.args="--help"}.
 *
 * <p>Exit status: 0 when the race came to its end, whoever dropped out; 1 when nothing was timed or
 * the results could not be written; 2 for wrong options; 130 when stopped early, with the results
 * of the workloads that had finished.
 */
@Command(
    name = "PeerComparison",
    sortOptions = false,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    description = {
      "Times dense symmetric eigensolvers and matrix products of eigengrad, native and JVM"
          + " libraries in turns, each in a JVM of its own, and prints tables in Markdown.%n"
    },
    footer = "%nCtrl-C stops early and prints what has finished.")
public final class PeerComparison implements Callable<Integer> {
  private static final int FINISHED = 0;
  private static final int ERROR = 1;
  private static final int STOPPED = 130;

  @Mixin private final PeerOptions options = new PeerOptions();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private final Consumer<JsonReport.Document> afterEachOrder;

  private PeerComparison(Consumer<JsonReport.Document> afterEachOrder) {
    this.afterEachOrder = afterEachOrder;
  }

  /**
   * Runs the race and ends the JVM.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    EndWithParent.watch();
    System.exit(commandLine().execute(args));
  }

  /**
   * The race as a command.
   *
   * @return to be executed with its arguments
   */
  public static CommandLine commandLine() {
    return commandLine(document -> {});
  }

  /**
   * The race as a command whose results are wanted before its end.
   *
   * @param afterEachOrder given the results until then, after each order of each workload
   * @return to be executed with its arguments
   */
  public static CommandLine commandLine(Consumer<JsonReport.Document> afterEachOrder) {
    return Commands.of(new PeerComparison(afterEachOrder))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException {
    try {
      options.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Folders.checkWritable("--out", options.out(), spec.commandLine());
    Files.createDirectories(options.out());
    Results results = new Results();
    List<Contestant> natives =
        new NativeContestants(getClass().getClassLoader(), options.natives(), results::note).find();
    List<Contestant> contestants =
        Contestants.with(natives).stream().filter(options::admits).toList();
    Map<String, String> machine = machine();
    Race race =
        new Race(
            options,
            options.out(),
            spec.commandLine().getErr()::println,
            results,
            () -> save(machine, results));
    return StopOnSignal.during(
        () -> {
          race.run(contestants);
          return report(machine, results, race.stopped());
        },
        race::stop);
  }

  private Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put(
        "begun", ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toString());
    machine.putAll(Machine.describe());
    machine.put(
        "command line", String.join(" ", spec.commandLine().getParseResult().originalArgs()));
    machine.put("options of each JVM", String.join(" ", TimedJvm.options()));
    return machine;
  }

  /** Keeps what there is, in case the program cannot come to its end. */
  private void save(Map<String, String> machine, Results results) {
    JsonReport.Document document = JsonReport.document(machine, results, true);
    write(document, new MarkdownReport(machine, results, options.statistic(), true).text());
    afterEachOrder.accept(document);
  }

  private int report(Map<String, String> machine, Results results, boolean stopped) {
    CommandLine command = spec.commandLine();
    String markdown = new MarkdownReport(machine, results, options.statistic(), stopped).text();
    command.getOut().print(markdown);
    command.getOut().flush();
    if (!write(JsonReport.document(machine, results, stopped), markdown)) {
      return ERROR;
    }
    if (stopped) {
      return STOPPED;
    }
    return results.measurements().isEmpty() ? ERROR : FINISHED;
  }

  private boolean write(JsonReport.Document document, String markdown) {
    try {
      WholeFile.write(options.out().resolve("results.md"), markdown);
      WholeFile.write(options.out().resolve("results.json"), JsonReport.text(document));
      return true;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("error: the results could not be written: " + Folders.reason(e));
      return false;
    }
  }
}
