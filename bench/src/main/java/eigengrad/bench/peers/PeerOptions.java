package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.Workload;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the race; picocli fills the fields before anything is asked of them. */
@SuppressWarnings("NullAway.Init")
final class PeerOptions {
  private static final int LARGEST_ORDER = 8192;

  @Option(
      names = "--sizes",
      paramLabel = "<n>",
      split = ",",
      defaultValue = "4,8,16,32,64,128,256,512,1024,2048",
      description = "Orders of the matrices.")
  private List<Integer> sizes;

  @Option(
      names = "--workload",
      paramLabel = "<name>",
      split = ",",
      defaultValue = "dense,clustered,covariance,values,gemm",
      converter = WorkloadName.class,
      description = {
        "What is timed:",
        "dense: values and vectors of a random symmetric matrix;",
        "clustered: the same with eigenvalues in four tight clusters;",
        "covariance: the same of a covariance of features with decaying scales;",
        "values: values alone;",
        "single: the first in single precision;",
        "svd, svd-tall: singular values and vectors of a random matrix, square or of 16n rows;",
        "svd-values, svd-single: of the square one values alone, or all in single precision;",
        "gemm: the product of two square matrices."
      })
  private List<Workload> workloads;

  @Option(
      names = "--threads",
      paramLabel = "<n>",
      split = ",",
      defaultValue = "1",
      description = {
        "Most threads of every contestant; each number is a race of its own.",
        "Above 1 all but eigengrad take part with 1 as well."
      })
  private List<Integer> threads;

  @Option(
      names = "--contestants",
      paramLabel = "<name>",
      split = ",",
      defaultValue = "",
      description = {
        "Only those whose name contains one of these words, such as mkl or ojalgo.",
        "  Default: everyone"
      },
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private List<String> contestants;

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      defaultValue = "21",
      description = "Rounds of each workload and order.")
  private int rounds;

  @Option(
      names = "--round-millis",
      paramLabel = "<ms>",
      defaultValue = "40",
      description = "How long a contestant's turn takes; at least one call.")
  private double roundMillis;

  @Option(
      names = "--warm-up",
      paramLabel = "<s>",
      defaultValue = "5",
      description = "Longest warm-up; it ends when the time of a call is steady.")
  private double warmUp;

  @Option(
      names = "--slowest",
      paramLabel = "<s>",
      defaultValue = "3",
      description = "A JVM peer is left out where a call would take longer.")
  private double slowest;

  @Option(
      names = "--statistic",
      paramLabel = "<name>",
      defaultValue = "median",
      description = {
        "What tables show and compare:",
        "median: of the rounds;",
        "fastest: call of all rounds, where others use the machine as well."
      })
  private Statistic statistic;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      defaultValue = "1",
      description = "Seed of the matrices.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "<dir>",
      defaultValue = "bench/target/peers",
      description = "Folder for results.md, results.json and what the contestants print.")
  private Path out;

  @Option(
      names = "--natives",
      paramLabel = "<dir>",
      defaultValue = "bench/target/natives",
      description = "Folder that native libraries are unpacked to.")
  private Path natives;

  /**
   * Checks what picocli cannot.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  void check() {
    sizes.forEach(n -> requireWithin("--sizes", n, 1, LARGEST_ORDER));
    threads.forEach(n -> requireWithin("--threads", n, 1, 1024));
    requireWithin("--rounds", rounds, 1, 100_000);
    requireWithin("--round-millis", roundMillis, 0, 3_600_000);
    requireWithin("--warm-up", warmUp, 0, 3600);
    requireWithin("--slowest", slowest, 0, 3600);
  }

  private static void requireWithin(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s: %s is wrong: give a number from %.0f to %.0f".formatted(option, value, least, most));
    }
  }

  /** Orders, ascending. */
  List<Integer> sizes() {
    return sizes.stream().distinct().sorted().toList();
  }

  List<Workload> workloads() {
    return workloads.stream().distinct().toList();
  }

  List<Integer> threads() {
    return threads.stream().distinct().toList();
  }

  /** Whether a contestant takes part. */
  boolean admits(Contestant contestant) {
    String name = contestant.name().toLowerCase(Locale.ROOT);
    return contestants.stream().anyMatch(word -> name.contains(word.toLowerCase(Locale.ROOT)));
  }

  int rounds() {
    return rounds;
  }

  double roundMillis() {
    return roundMillis;
  }

  double warmUp() {
    return warmUp;
  }

  double slowest() {
    return slowest;
  }

  Statistic statistic() {
    return statistic;
  }

  long seed() {
    return seed;
  }

  Path out() {
    return out;
  }

  Path natives() {
    return natives;
  }

  /** A workload by its word. */
  static final class WorkloadName implements ITypeConverter<Workload> {
    @Override
    public Workload convert(String word) {
      return Workload.of(word.strip().toLowerCase(Locale.ROOT))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is wrong: choose from %s".formatted(word, all())));
    }

    private static String all() {
      return Arrays.stream(Workload.values()).map(Workload::word).collect(Collectors.joining(", "));
    }
  }
}
