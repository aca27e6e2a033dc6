package eigengrad.bench.peers;

import eigengrad.bench.peers.contestant.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a fresh JVM gets up to speed, seen from outside: values and vectors of a random matrix again
 * and again, on one thread.
 *
 * @param contestant its name
 * @param n order
 * @param firstResultNanos from the start of the JVM to its first result
 * @param firstCallNanos of the first call alone
 * @param callsUntilSteady calls before they take at most 10 % longer than at the end
 * @param nanosUntilSteady from the first call until then
 * @param steadyNanos of a call at the end
 */
public record ColdStart(
    String contestant,
    int n,
    double firstResultNanos,
    double firstCallNanos,
    int callsUntilSteady,
    double nanosUntilSteady,
    double steadyNanos) {
  private static final long SEED = 1;
  private static final double STEADY = 1.1;

  /** Calls whose median is compared with that of the last quarter of all. */
  private static final int WINDOW = 9;

  /**
   * Starts a JVM and watches it.
   *
   * @param contestant to be started
   * @param n order
   * @param seconds to go on for
   * @param logs folder for what it prints
   * @return nothing if it has no such call or fails
   */
  public static Optional<ColdStart> of(Contestant contestant, int n, double seconds, Path logs) {
    long start = System.nanoTime();
    try (ContestantProcess process = ContestantProcess.start(contestant, 1, logs)) {
      if (!process.ask("prepare", Workload.DENSE.word(), n, SEED).verb().equals("prepared")) {
        return Optional.empty();
      }
      List<Double> calls = new ArrayList<>();
      calls.add(process.ask("time", 1).number(0));
      double firstResult = System.nanoTime() - start;
      while (calls.size() < WINDOW || System.nanoTime() - start < seconds * 1e9) {
        calls.add(process.ask("time", 1).number(0));
      }
      double[] nanos = calls.stream().mapToDouble(call -> call).toArray();
      return Optional.of(of(contestant.name(), n, firstResult, nanos));
    } catch (ContestantFailure e) {
      return Optional.empty();
    }
  }

  /** What a series of calls says. */
  static ColdStart of(String contestant, int n, double firstResultNanos, double[] calls) {
    int tail = Math.max(1, calls.length / 4);
    double steady = median(calls, calls.length - tail, calls.length);
    int first = 0;
    while (first + WINDOW < calls.length
        && !(calls[first] <= STEADY * steady
            && median(calls, first, first + WINDOW) <= STEADY * steady)) {
      first++;
    }
    double until = Arrays.stream(calls, 0, first).sum();
    return new ColdStart(contestant, n, firstResultNanos, calls[0], first, until, steady);
  }

  private static double median(double[] calls, int from, int to) {
    return Quartiles.of(Arrays.copyOfRange(calls, from, to)).median();
  }
}
