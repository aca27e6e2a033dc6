package eigengrad.bench.suite;

import eigengrad.bench.peers.Contestant;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What of the plan is wanted, in the order in which it is run. */
final class SuiteGroups {
  private final JmhPlan plan;
  private final List<Contestant> contestants;
  private final Path out;

  /**
   * Groups of a plan.
   *
   * @param plan parameters and times
   * @param contestants all libraries
   * @param out folder for results and logs
   */
  SuiteGroups(JmhPlan plan, List<Contestant> contestants, Path out) {
    this.plan = plan;
    this.contestants = contestants;
    this.out = out;
  }

  /**
   * Those in whose name something is found.
   *
   * @param wanted in class and method, in ColdStart or in Race
   * @param natives folder for native libraries
   * @param progress of the race
   */
  List<Group> of(Pattern wanted, Path natives, PrintWriter progress) {
    List<Group> groups = new ArrayList<>(jmh(wanted));
    if (wanted.matcher("ColdStart").find()) {
      for (int n : plan.coldOrders()) {
        for (Contestant contestant : contestants) {
          groups.add(new ColdGroup(contestant, n, plan.coldSeconds(), out));
          if (contestant.kind() == Contestant.Kind.OURS) {
            groups.add(new ColdGroup(contestant.scalar(), n, plan.coldSeconds(), out));
          }
        }
      }
    }
    if (wanted.matcher("Race").find()) {
      for (RacePlan race : plan.races()) {
        double seconds = race.seconds(contestants.size());
        groups.add(new RaceGroup(race, seconds, out.resolve("race"), natives, progress));
      }
    }
    return groups;
  }

  private List<Group> jmh(Pattern wanted) {
    List<BenchmarkListEntry> all = benchmarks();
    JmhProcess process = new JmhProcess(plan.options(), out);
    List<Group> groups = new ArrayList<>();
    for (JmhRun run : plan.runs(contestants)) {
      List<BenchmarkListEntry> some =
          all.stream()
              .filter(entry -> run.includes(entry.getUsername()))
              .filter(entry -> wanted.matcher(classAndMethod(entry)).find())
              .toList();
      if (!some.isEmpty()) {
        int figures =
            some.stream().mapToInt(e -> run.figures(e.getParams().orElse(Map.of()))).sum();
        List<String> names = some.stream().map(BenchmarkListEntry::getUsername).toList();
        groups.add(new JmhGroup(run, names, figures, plan.seconds(run, figures), process));
      }
    }
    return groups;
  }

  private static String classAndMethod(BenchmarkListEntry benchmark) {
    return benchmark.getUsername().replaceFirst(".*\\.(?=.*\\.)", "");
  }

  /** All benchmarks on the class path. */
  static List<BenchmarkListEntry> benchmarks() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of()).stream().sorted().toList();
  }
}
