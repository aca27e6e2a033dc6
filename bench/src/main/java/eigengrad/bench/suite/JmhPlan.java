package eigengrad.bench.suite;

import eigengrad.bench.peers.Contestant;
import eigengrad.simd.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What JMH runs, and for how long. */
final class JmhPlan {
  private static final int MOST_THREADS = 16;
  private static final String N = "n";
  private static final String SIMD = "simd";
  private static final String WORKLOAD = "workload";
  private static final String RULE = "rule";
  private static final String SOLVER = "Solver";
  private static final String DENSE = "DENSE";

  /** With its setup, which checks the answer before anything is compiled. */
  private static final double SECONDS_TO_START_JVM = 1;

  private static final double SECONDS_TO_START_JMH = 1;

  private final boolean smoke;

  /**
   * A plan.
   *
   * @param smoke a few orders, too short to be trusted
   */
  JmhPlan(boolean smoke) {
    this.smoke = smoke;
  }

  /** JMH's options for every run: two JVMs, since each compiles a little differently. */
  List<String> options() {
    String options =
        "-f %d -w %dms -i %d -r %dms -prof gc -foe false"
            .formatted(forks(), warmUpMillis(), iterations(), iterationMillis());
    return List.of(options.split(" "));
  }

  private int forks() {
    return smoke ? 1 : 2;
  }

  private int warmUpMillis() {
    return smoke ? 200 : 300;
  }

  private int iterations() {
    return smoke ? 3 : 4;
  }

  private int iterationMillis() {
    return smoke ? 100 : 200;
  }

  /** How long some figures of a run take, about. */
  double seconds(JmhRun run, int figures) {
    double iterating = run.warmUps() * warmUpMillis() + iterations() * iterationMillis();
    return SECONDS_TO_START_JMH + figures * forks() * (SECONDS_TO_START_JVM + iterating / 1e3);
  }

  /** Everything, the probes first. */
  List<JmhRun> runs(List<Contestant> contestants) {
    List<JmhRun> runs = new ArrayList<>();
    runs.add(JmhRun.ofLoops("Probe", Map.of()));
    addKernels(runs);
    addSolver(runs);
    runs.add(JmhRun.of("Phase", Map.of(N, smoke("256").or("512"))));
    runs.add(fewPairs());
    runs.add(JmhRun.of("LeadingEigen", Map.of(N, smoke("512").or("2048"))));
    threadCounts().forEach(threads -> runs.add(threads(threads)));
    threadCounts().forEach(threads -> runs.add(batches(threads)));
    runs.add(JmhRun.of("Hostile", Map.of("matrix", hostile(), N, List.of("512"))));
    runs.add(JmhRun.of("HostileBatch", Map.of(N, List.of("8"))));
    runs.add(JmhRun.of("BatchGradient", Map.of(N, List.of("16"))));
    runs.add(JmhRun.of("PowerIteration", Map.of(N, List.of("64"))));
    for (String n : orders()) {
      runs.add(JmhRun.of("Gradient", Map.of(N, List.of(n), RULE, rules())));
    }
    addSvd(runs);
    runs.add(JmhRun.of("SpectralFunction", Map.of(N, smoke("64").or("256"))));
    runs.add(JmhRun.of("Whitening", Map.of("group", List.of("64"))));
    contestants.forEach(contestant -> runs.add(peer(contestant)));
    return runs;
  }

  private void addKernels(List<JmhRun> runs) {
    List<String> sets = kernelSets();
    List<String> few = List.of(sets.getFirst(), sets.getLast());
    for (String set : smoke ? few : sets) {
      runs.add(JmhRun.ofLoops("Kernel", Map.of(SIMD, List.of(set), N, List.of("512"))));
    }
  }

  private void addSolver(List<JmhRun> runs) {
    runs.add(
        JmhRun.of(
            SOLVER,
            Map.of(
                WORKLOAD,
                List.of(DENSE),
                N,
                smoke("16", "64", "256").or("4", "8", "32", "64", "256", "512", "1024"))));
    if (!smoke) {
      runs.add(
          JmhRun.of(SOLVER, Map.of(WORKLOAD, List.of("CLUSTERED", "VALUES"), N, List.of("512"))));
      List<String> narrow = kernelSets().subList(0, kernelSets().size() - 1);
      runs.add(
          JmhRun.of(SOLVER, Map.of(WORKLOAD, List.of(DENSE), SIMD, narrow, N, List.of("256"))));
    }
  }

  private void addSvd(List<JmhRun> runs) {
    List<String> columns = smoke("64").or("8", "32", "128", "512");
    runs.add(JmhRun.of("Svd", Map.of(WORKLOAD, List.of("SVD"), N, columns)));
    if (!smoke) {
      runs.add(JmhRun.of("Svd", Map.of(WORKLOAD, List.of("SVD_VALUES"), N, List.of("512"))));
    }
    runs.add(JmhRun.of("SvdBatch", Map.of(N, smoke("8").or("3", "8"))));
    runs.add(JmhRun.of("SvdGradient", Map.of(N, orders())));
  }

  private List<String> orders() {
    return smoke("64").or("64", "256");
  }

  /** Neighbours far apart, and neighbours near each other. */
  private JmhRun fewPairs() {
    List<String> matrices = List.of("RAMP", "SECOND_DIFFERENCE");
    return JmhRun.of("FewPairs", Map.of("matrix", matrices, "k", smoke("1").or("1", "20")));
  }

  private static List<String> hostile() {
    return List.of("RANDOM", "WILKINSON");
  }

  private static List<String> rules() {
    return List.of("analytic", "powerIteration");
  }

  /** The kernel sets that this processor has, each to be run in JVMs of its own. */
  private static List<String> kernelSets() {
    int widest = Kernels.active().isVector() ? Double.SIZE * Kernels.lanes() : 0;
    return Stream.of("scalar", "128", "256", "512")
        .filter(name -> name.equals("scalar") || Integer.parseInt(name) <= widest)
        .toList();
  }

  /** Powers of two, and all processors. */
  private static List<Integer> threadCounts() {
    int all = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    Stream<Integer> powers = Stream.iterate(1, threads -> threads < all, threads -> 2 * threads);
    return Stream.concat(powers, Stream.of(all)).toList();
  }

  private JmhRun threads(int threads) {
    List<String> count = List.of(Integer.toString(threads));
    return JmhRun.on(
        threads, "Thread", Map.of("threads", count, N, smoke("512").or("512", "1024")));
  }

  private JmhRun batches(int threads) {
    List<String> count = List.of(Integer.toString(threads));
    List<String> orders = threads == 1 ? List.of("4", "8", "32") : List.of("4", "8");
    return JmhRun.on(threads, "Batch", Map.of("threads", count, N, smoke ? List.of("16") : orders));
  }

  private JmhRun peer(Contestant contestant) {
    Map<String, List<String>> params =
        Map.of(
            "contestant",
            List.of(contestant.name()),
            "library",
            List.of(contestant.library().name()),
            WORKLOAD,
            List.of(DENSE),
            N,
            smoke("64").or("256"));
    return JmhRun.of("Peer", params).with(contestant.environment(), contestant.properties());
  }

  private Choice smoke(String... values) {
    return otherwise -> smoke ? List.of(values) : List.of(otherwise);
  }

  /** The other half of a choice. */
  @FunctionalInterface
  private interface Choice {
    List<String> or(String... values);
  }

  /** The races, that for the ratios first. */
  List<RacePlan> races() {
    return RacePlan.all(smoke, Runtime.getRuntime().availableProcessors());
  }

  /** Orders at which fresh JVMs are watched. */
  List<Integer> coldOrders() {
    return smoke ? List.of(64) : List.of(64, 256);
  }

  /** Seconds that each is watched for. */
  double coldSeconds() {
    return smoke ? 2 : 5;
  }
}
