package eigengrad.bench.peers;

import eigengrad.bench.peers.Contestant.Kind;
import eigengrad.bench.peers.contestant.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Times contestants in turns: of every workload and order many short rounds, in each of which every
 * contestant runs once while the others are idle, so that a slower hour of the machine slows all.
 */
final class Race {
  /** Worker threads of native libraries spin up to this long after their work. */
  private static final int SETTLE_MILLIS = 250;

  private final PeerOptions options;
  private final Path logs;
  private final Consumer<String> progress;
  private final Results results;
  private final List<ContestantProcess> processes = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  /**
   * A race that has not begun.
   *
   * @param logs folder for what the contestants print
   * @param progress told of each workload that begins
   * @param results to be filled
   */
  Race(PeerOptions options, Path logs, Consumer<String> progress, Results results) {
    this.options = options;
    this.logs = logs;
    this.progress = progress;
    this.results = results;
  }

  /** Runs everything, or as much as there is time for until {@link #stop}. */
  void run(List<Contestant> contestants) {
    for (int threads : options.threads()) {
      try {
        start(contestants, threads);
        for (Workload workload : options.workloads()) {
          run(workload, threads);
        }
      } finally {
        processes.forEach(ContestantProcess::close);
        processes.clear();
      }
    }
  }

  /** Ends all contestants; what is finished is kept. May be called on any thread. */
  void stop() {
    stopped = true;
    processes.forEach(ContestantProcess::kill);
  }

  /** Whether the race was stopped before its end. */
  boolean stopped() {
    return stopped;
  }

  private void start(List<Contestant> contestants, int threads) {
    for (Contestant contestant : contestants) {
      if (threads > contestant.mostThreads()) {
        note("%s: has no solver for %d threads".formatted(contestant.name(), threads));
      } else if (!stopped) {
        start(contestant, threads);
      }
    }
  }

  private void start(Contestant contestant, int threads) {
    try {
      ContestantProcess process = ContestantProcess.start(contestant, threads, logs);
      Entrant entrant =
          new Entrant(
              contestant.name(),
              contestant.kind(),
              threads,
              contestant.origin(),
              process.description());
      if (results.hasAlready(entrant)) {
        process.close();
        return;
      }
      processes.add(process);
      results.add(entrant);
    } catch (ContestantFailure e) {
      note(contestant.name() + ": " + e.getMessage());
    }
  }

  private void run(Workload workload, int threads) {
    SlowContestants slow = new SlowContestants(options.slowest());
    for (int n : options.sizes()) {
      if (stopped) {
        return;
      }
      progress.accept("%s, n = %d, threads %d".formatted(workload.word(), n, threads));
      List<Starter> ready = ready(workload, n, slow);
      double[][] phases = timeRounds(ready, threads, workload == Workload.DENSE);
      if (!stopped) {
        ready.forEach(starter -> results.add(starter.measurement(threads)));
        if (phases[0].length > 0) {
          results.add(new PhaseMeasurement(n, threads, phases[0], phases[1], phases[2]));
        }
      }
    }
  }

  /** Those that solve the workload, correctly and fast enough, all of them warm. */
  private List<Starter> ready(Workload workload, int n, SlowContestants slow) {
    List<Starter> ready = new ArrayList<>();
    double @Nullable [] reference = null;
    for (ContestantProcess process : processes) {
      Starter starter = new Starter(process, workload, n, options.rounds());
      if (!process.isAlive()) {
        continue;
      }
      if (starter.kind() == Kind.PEER && slow.isExpected(starter.name(), n)) {
        note(
            "%s: left out of %s: a call would take longer than %.1f s"
                .formatted(starter.name(), starter.task(), options.slowest()));
        continue;
      }
      try {
        if (!starter.prepare(options.seed())) {
          note("%s: takes no part in %s".formatted(starter.name(), workload.word()));
          continue;
        }
        starter.check(reference);
        reference = reference == null ? starter.values() : reference;
        slow.took(starter.name(), n, starter.warm(options.warmUp(), options.roundMillis() * 1e6));
        ready.add(starter);
      } catch (ContestantFailure e) {
        note(starter, e);
      }
    }
    return ready;
  }

  /**
   * Round after round, beginning with another contestant each time. Who fails is left out.
   *
   * @return the phases of eigengrad: three series over the rounds, empty if not wanted
   */
  private double[][] timeRounds(List<Starter> ready, int threads, boolean wantPhases) {
    List<double[]> phases = new ArrayList<>();
    List<Starter> order = new ArrayList<>(ready);
    for (int round = 0; round < options.rounds() && !stopped; round++) {
      Collections.rotate(order, 1);
      for (Starter starter : List.copyOf(order)) {
        try {
          starter.time();
          if (wantPhases && starter.kind() == Kind.OURS) {
            phases.add(starter.phases());
          }
          settle(threads);
        } catch (ContestantFailure e) {
          order.remove(starter);
          ready.remove(starter);
          note(starter, e);
        }
      }
    }
    double[][] series = new double[3][];
    Arrays.setAll(series, i -> phases.stream().mapToDouble(round -> round[i]).toArray());
    return series;
  }

  private void settle(int threads) {
    try {
      Thread.sleep(threads > 1 ? SETTLE_MILLIS : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private void note(Starter starter, ContestantFailure failure) {
    note("%s: %s: %s".formatted(starter.name(), starter.task(), failure.getMessage()));
  }

  private void note(String text) {
    if (!stopped) {
      results.note(text);
    }
  }
}
