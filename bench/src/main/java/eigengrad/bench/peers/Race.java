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
  private final Runnable afterEachOrder;
  private final Results results;
  private final List<ContestantProcess> processes = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  /**
   * A race that has not begun.
   *
   * @param logs folder for what the contestants print
   * @param progress told of each workload that begins
   * @param results to be filled
   * @param afterEachOrder run when the results of an order are there
   */
  Race(
      PeerOptions options,
      Path logs,
      Consumer<String> progress,
      Results results,
      Runnable afterEachOrder) {
    this.options = options;
    this.logs = logs;
    this.progress = progress;
    this.results = results;
    this.afterEachOrder = afterEachOrder;
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

  private void start(List<Contestant> contestants, int raceThreads) {
    for (Contestant contestant : contestants) {
      for (int threads : contestant.threadCounts(raceThreads)) {
        if (!stopped) {
          start(contestant, threads);
        }
      }
    }
  }

  private void start(Contestant contestant, int threads) {
    try {
      ContestantProcess process = ContestantProcess.start(contestant.warm(), threads, logs);
      if (results.hasAlready(process.entrant())) {
        process.close();
        return;
      }
      processes.add(process);
      results.add(process.entrant());
    } catch (ContestantFailure e) {
      note(contestant.name() + ": " + e.getMessage());
    }
  }

  private void run(Workload workload, int raceThreads) {
    SlowContestants slow = new SlowContestants(options.slowest());
    for (int n : options.sizes()) {
      if (stopped) {
        return;
      }
      progress.accept("%s, n = %d, threads %d".formatted(workload.word(), n, raceThreads));
      List<Starter> ready = ready(workload, n, slow);
      double[][] phases = timeRounds(ready, workload == Workload.DENSE);
      if (!stopped) {
        ready.forEach(starter -> results.add(starter.measurement(raceThreads)));
        if (phases[0].length > 0) {
          results.add(new PhaseMeasurement(n, raceThreads, phases[0], phases[1], phases[2]));
        }
        afterEachOrder.run();
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
      String label = starter.entrant().label();
      if (starter.entrant().kind() == Kind.PEER && slow.isExpected(label, n)) {
        note(
            "%s: left out of %s: a call would take longer than %.1f s"
                .formatted(label, starter.task(), options.slowest()));
        continue;
      }
      try {
        if (!starter.prepare(options.seed())) {
          note("%s: takes no part in %s".formatted(label, workload.word()));
          continue;
        }
        starter.check(reference);
        reference = reference == null ? starter.values() : reference;
        slow.took(label, n, starter.warm(options.warmUp(), options.roundMillis() * 1e6));
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
  private double[][] timeRounds(List<Starter> ready, boolean wantPhases) {
    List<double[]> phases = new ArrayList<>();
    List<Starter> order = new ArrayList<>(ready);
    for (int round = 0; round < options.rounds() && !stopped; round++) {
      Collections.rotate(order, 1);
      for (Starter starter : List.copyOf(order)) {
        try {
          starter.time();
          if (wantPhases && starter.isOurs()) {
            phases.add(starter.phases());
          }
          settle(starter.entrant());
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

  private void settle(Entrant entrant) {
    boolean mayBeSpinning = entrant.kind() == Kind.NATIVE && entrant.threads() > 1;
    try {
      Thread.sleep(mayBeSpinning ? SETTLE_MILLIS : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  private void note(Starter starter, ContestantFailure failure) {
    note("%s: %s: %s".formatted(starter.entrant().label(), starter.task(), failure.getMessage()));
  }

  private void note(String text) {
    if (!stopped) {
      results.note(text);
    }
  }
}
