package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.Message;
import eigengrad.bench.peers.contestant.Workload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A contestant on the way through one workload: made ready, then timed round by round. */
final class Starter {
  /** The limit of LAPACK's own tests for each of its ratios. */
  private static final double LARGEST_RATIO = 60;

  private static final long MOST_CALLS = 1_000_000;

  private final ContestantProcess process;
  private final Workload workload;
  private final int n;
  private final double[] nanosPerCall;
  private double[] values = {};
  private double residual;
  private double orthogonality;
  private double valueDifference;
  private long calls = 1;
  private int rounds;
  private double fastest = Double.POSITIVE_INFINITY;
  private long wallNanos;
  private long processorNanos;

  Starter(ContestantProcess process, Workload workload, int n, int rounds) {
    this.process = process;
    this.workload = workload;
    this.n = n;
    this.nanosPerCall = new double[rounds];
  }

  Entrant entrant() {
    return process.entrant();
  }

  /** Whether this is eigengrad. */
  boolean isOurs() {
    return entrant().kind() == Contestant.Kind.OURS;
  }

  /** The workload and its order, for messages. */
  String task() {
    return "%s, n = %d".formatted(workload.word(), n);
  }

  /**
   * Makes the matrix.
   *
   * @return false if the library has no call for the workload
   */
  boolean prepare(long seed) throws ContestantFailure {
    return process.ask("prepare", workload.word(), n, seed).verb().equals("prepared");
  }

  /**
   * Solves once and judges the answer.
   *
   * @param reference eigenvalues to compare with, or null to compare with none
   * @throws ContestantFailure if the answer is wrong
   */
  void check(double @Nullable [] reference) throws ContestantFailure {
    Message answer = process.ask("check");
    residual = answer.number(0);
    orthogonality = answer.number(1);
    values = answer.arguments().stream().skip(2).mapToDouble(Double::parseDouble).toArray();
    valueDifference = reference == null ? 0 : difference(values, reference, workload.ulp());
    requireGood("residual ratio", residual);
    requireGood("orthogonality ratio", orthogonality);
    requireGood("difference of eigenvalues", valueDifference);
  }

  /** The checked answer's eigenvalues. */
  double[] values() {
    return values.clone();
  }

  /**
   * Warms up and decides how many calls make a round.
   *
   * @return nanoseconds per call
   */
  double warm(double seconds, double roundNanos) throws ContestantFailure {
    double warmNanos = process.ask("warm", seconds).number(0);
    calls = Math.clamp((long) (roundNanos / warmNanos), 1, MOST_CALLS);
    return warmNanos;
  }

  /** Runs one round. */
  void time() throws ContestantFailure {
    long processorBefore = process.processorNanos();
    long before = System.nanoTime();
    Message lap = process.ask("time", calls);
    wallNanos += System.nanoTime() - before;
    processorNanos += process.processorNanos() - processorBefore;
    nanosPerCall[rounds++] = lap.number(0) / calls;
    fastest = Math.min(fastest, lap.number(1));
  }

  /**
   * The means of the phases over a round's calls.
   *
   * @return nanoseconds; none if the library does not let one look inside
   */
  double[] phases() throws ContestantFailure {
    return process.ask("phases", calls).arguments().stream()
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  Measurement measurement(int raceThreads) {
    return new Measurement(
        workload,
        n,
        raceThreads,
        entrant().name(),
        entrant().threads(),
        calls,
        Arrays.copyOf(nanosPerCall, rounds),
        fastest,
        wallNanos,
        processorNanos,
        residual,
        orthogonality,
        valueDifference);
  }

  /** max|λⱼ − μⱼ| / (n·u'·max|μ|). */
  static double difference(double[] values, double[] reference, double ulp) {
    double largest = 0;
    double difference = values.length == reference.length ? 0 : Double.POSITIVE_INFINITY;
    for (int j = 0; j < reference.length; j++) {
      largest = Math.max(largest, Math.abs(reference[j]));
      difference = Math.max(difference, Math.abs(values[j] - reference[j]));
    }
    return difference == 0 ? 0 : difference / (reference.length * ulp * largest);
  }

  private static void requireGood(String name, double ratio) throws ContestantFailure {
    if (!(ratio <= LARGEST_RATIO)) {
      throw new ContestantFailure(
          "wrong answer: %s %.3g above %.0f".formatted(name, ratio, LARGEST_RATIO));
    }
  }
}
