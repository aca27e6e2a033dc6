package eigengrad.bench.suite;

import eigengrad.bench.peers.ColdStart;
import eigengrad.bench.peers.Contestant;
import eigengrad.bench.peers.Contestants;
import eigengrad.bench.peers.JsonReport;
import eigengrad.bench.peers.NativeContestants;
import eigengrad.bench.peers.PeerComparison;
import eigengrad.bench.program.Folders;
import eigengrad.bench.program.Machine;
import eigengrad.bench.program.TimedJvm;
import eigengrad.bench.program.WrongOption;
import eigengrad.simd.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * All benchmarks, run from the root by {@code mvn -Pbench -Dbench.args="--help"}.
 *
 * <p>Exit status: 0 when something was measured and reported; 1 when nothing was, or the results
 * could not be written; 2 for wrong options.
 */
@Command(
    name = "BenchmarkSuite",
    sortOptions = false,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    mixinStandardHelpOptions = false,
    subcommands = {ReportCommand.class, CompareCommand.class},
    description = {
      "Runs JMH's benchmarks, the race against other libraries and fresh JVMs, and writes"
          + " results.json, results.md and results.html: about 30 minutes.%n"
    })
public final class BenchmarkSuite implements Callable<Integer> {
  private static final int ERROR = 1;

  @Option(names = "--smoke", description = "In 3 minutes; too short to be trusted.")
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

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  private boolean help;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private final List<String> notes = new ArrayList<>();

  private BenchmarkSuite() {}

  /**
   * Runs and ends the JVM.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The suite as a command. */
  static CommandLine commandLine() {
    return new CommandLine(new BenchmarkSuite())
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(BenchmarkSuite::explain);
  }

  private static int explain(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(WrongOption.inOneLine(e));
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public Integer call() throws IOException {
    Pattern wanted = pattern();
    Folders.checkWritable("--out", out, spec.commandLine());
    Files.createDirectories(out);
    Files.deleteIfExists(out.resolve("jmh.log"));
    Map<String, String> machine = machine();
    JmhPlan plan = new JmhPlan(smoke);
    Path natives = out.resolveSibling("natives");
    List<Contestant> contestants =
        Contestants.with(
            new NativeContestants(getClass().getClassLoader(), natives, notes::add).find());
    List<JmhResult> jmh = jmh(plan, contestants, wanted);
    List<ColdStart> cold =
        wanted.matcher("ColdStart").find() ? coldStarts(plan, contestants) : List.of();
    JsonReport.Document race = wanted.matcher("Race").find() ? race(plan, natives) : null;
    SuiteResults results = new SuiteResults(machine, notes, jmh, cold, race);
    Path file = out.resolve("results.json");
    results.write(file);
    new SuiteReport(results).writeBeside(file);
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(out.resolve("results.md"));
    printer.println(out.resolve("results.html"));
    printer.flush();
    boolean nothing = jmh.isEmpty() && cold.isEmpty() && race == null;
    return nothing ? ERROR : 0;
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

  private List<JmhResult> jmh(JmhPlan plan, List<Contestant> contestants, Pattern wanted) {
    List<String> names = benchmarks();
    JmhProcess process = new JmhProcess(plan.options(), out);
    Map<String, JmhResult> results = new LinkedHashMap<>();
    for (JmhRun run : plan.runs(contestants)) {
      List<String> benchmarks =
          names.stream()
              .filter(run::includes)
              .filter(name -> wanted.matcher(name.replaceFirst(".*\\.(?=.*\\.)", "")).find())
              .toList();
      if (!benchmarks.isEmpty()) {
        tell(run.toString());
        try {
          process.results(run, benchmarks).forEach(result -> results.put(result.key(), result));
        } catch (IOException e) {
          note(String.valueOf(e.getMessage()));
        }
      }
    }
    return List.copyOf(results.values());
  }

  /** Full names of all benchmarks on the class path. */
  static List<String> benchmarks() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
        .map(BenchmarkListEntry::getUsername)
        .sorted()
        .toList();
  }

  private List<ColdStart> coldStarts(JmhPlan plan, List<Contestant> contestants) {
    List<ColdStart> starts = new ArrayList<>();
    for (int n : plan.coldOrders()) {
      for (Contestant contestant : contestants) {
        tell("ColdStart n=%d, %s".formatted(n, contestant.name()));
        Optional<ColdStart> start = ColdStart.of(contestant, n, plan.coldSeconds(), out);
        start.ifPresentOrElse(
            starts::add,
            () -> note("ColdStart: %s failed at n=%d".formatted(contestant.name(), n)));
      }
    }
    return starts;
  }

  private JsonReport.@Nullable Document race(JmhPlan plan, Path natives) throws IOException {
    Path folder = out.resolve("race");
    List<String> arguments = new ArrayList<>(plan.raceArguments());
    arguments.addAll(List.of("--out", folder.toString(), "--natives", natives.toString()));
    CommandLine command = PeerComparison.commandLine();
    command.setOut(new PrintWriter(PrintWriter.nullWriter())).setErr(spec.commandLine().getErr());
    int status = command.execute(arguments.toArray(String[]::new));
    if (status != 0) {
      note("Race: ended with status " + status);
      return null;
    }
    return SuiteResults.readRace(folder.resolve("results.json"));
  }

  private void note(String note) {
    notes.add(note);
    tell(note);
  }

  private void tell(String line) {
    PrintWriter printer = spec.commandLine().getErr();
    printer.println(line);
    printer.flush();
  }
}
