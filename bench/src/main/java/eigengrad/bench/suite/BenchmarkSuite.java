package eigengrad.bench.suite;

import eigengrad.bench.peers.Contestant;
import eigengrad.bench.peers.Contestants;
import eigengrad.bench.peers.NativeContestants;
import eigengrad.bench.program.Commands;
import eigengrad.bench.program.EndWithParent;
import eigengrad.bench.program.Folders;
import eigengrad.bench.program.Machine;
import eigengrad.bench.program.StopOnSignal;
import eigengrad.bench.program.TimedJvm;
import eigengrad.simd.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * All benchmarks, run from the root by {@code mvn -Pbench -Dbench.args="--help"}. The results are
 * written after each group of benchmarks, so that a run that is stopped keeps those that had
 * finished.
 *
 * <p>Exit status: 0 when something was measured and reported; 1 when nothing was, or the results
 * could not be written; 2 for wrong options; 130 when stopped early.
 */
@Command(
    name = "BenchmarkSuite",
    sortOptions = false,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    subcommands = {ReportCommand.class, CompareCommand.class, SearchCommand.class},
    description = {
      "Runs JMH's benchmarks, the race against other libraries and fresh JVMs, and writes"
          + " results.json, results.md and results.html: about 35 minutes.%n"
    },
    footer = "%nCtrl-C stops early and keeps what has finished.")
public final class BenchmarkSuite implements Callable<Integer> {
  private static final int ERROR = 1;
  private static final int STOPPED = 130;

  @Option(names = "--smoke", description = "In 4 minutes; too short to be trusted.")
  private boolean smoke;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--only",
      paramLabel = "<regex>",
      defaultValue = "",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = {
        "Only benchmarks in whose name this is found, such as Kernel, gemm, Race or ColdStart.",
        "  Default: all"
      })
  private String only;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--out",
      paramLabel = "<dir>",
      defaultValue = "bench/target/bench",
      description = "Folder for the results.")
  private Path out;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private BenchmarkSuite() {}

  /**
   * Runs and ends the JVM.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    EndWithParent.watch();
    System.exit(commandLine().execute(args));
  }

  /** The suite as a command. */
  static CommandLine commandLine() {
    return Commands.of(new BenchmarkSuite());
  }

  @Override
  public Integer call() throws IOException {
    Pattern wanted = pattern();
    Folders.checkWritable("--out", out, spec.commandLine());
    Files.createDirectories(out);
    Files.deleteIfExists(out.resolve("jmh.log"));
    Map<String, String> machine = machine();
    List<String> notes = new ArrayList<>();
    JmhPlan plan = new JmhPlan(smoke);
    Path natives = out.resolveSibling("natives");
    List<Contestant> contestants =
        Contestants.with(
            new NativeContestants(getClass().getClassLoader(), natives, notes::add).find());
    Findings findings = new Findings(machine);
    notes.forEach(findings::note);
    PrintWriter progress = spec.commandLine().getErr();
    List<Group> groups = new SuiteGroups(plan, contestants, out).of(wanted, natives, progress);
    SuiteRun run = new SuiteRun(groups, findings, this::keep, progress);
    return StopOnSignal.during(
        () -> {
          run.run();
          return report(findings, run);
        },
        run::stop);
  }

  private int report(Findings findings, SuiteRun run) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(out.resolve("results.md"));
    printer.println(out.resolve("results.html"));
    printer.flush();
    if (run.isStopped()) {
      return STOPPED;
    }
    return findings.isEmpty() ? ERROR : 0;
  }

  private void keep(SuiteResults results) {
    try {
      Path file = out.resolve("results.json");
      results.write(file);
      new SuiteReport(results).writeBeside(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Pattern pattern() {
    try {
      return Pattern.compile(only, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          spec.commandLine(), "--only: '%s' is no regular expression".formatted(only), e);
    }
  }

  private Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put(
        "begun", ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toString());
    machine.putAll(Machine.describe());
    machine.put("kernel set", Kernels.active().name());
    machine.put(
        "command line",
        ("BenchmarkSuite " + String.join(" ", spec.commandLine().getParseResult().originalArgs()))
            .strip());
    machine.put("options of JMH", String.join(" ", new JmhPlan(smoke).options()));
    machine.put("options of each JVM", String.join(" ", TimedJvm.options(1)));
    return machine;
  }
}
