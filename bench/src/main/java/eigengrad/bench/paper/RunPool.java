package eigengrad.bench.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of threads that train a list of runs, started in the order of the list. A run that
 * throws costs no other run its result, nor does {@link #stop()}.
 */
final class RunPool {
  private static final long POLL_MILLIS = 20;

  private final Trainer trainer;
  private final Progress progress;
  private final long graceNanos;
  private final ExecutorService threads;
  private final Map<RunSettings, RunResult> results = new ConcurrentHashMap<>();
  private final Map<RunSettings, CrashedRun> crashes = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * A pool for one list of runs.
   *
   * @param trainer called by all threads
   * @param threads how many runs are trained at a time
   * @param graceSeconds how long a stopped run may take to notice
   * @param progress told of every step and every run's end
   */
  RunPool(Trainer trainer, int threads, double graceSeconds, Progress progress) {
    this.trainer = trainer;
    this.progress = progress;
    this.graceNanos = (long) (graceSeconds * 1e9);
    this.threads =
        Executors.newFixedThreadPool(
            threads, task -> Thread.ofPlatform().daemon().name("run").unstarted(task));
  }

  /**
   * Trains all runs and waits for them.
   *
   * @param planned distinct runs
   * @return what finished until the end or {@link #stop()}
   */
  ExperimentOutcome trainAll(List<RunSettings> planned) {
    start(planned);
    awaitEnd();
    return new ExperimentOutcome(planned, inOrder(planned, results), inOrder(planned, crashes));
  }

  /** Interrupts the running runs and starts no other. */
  synchronized void stop() {
    stopped = true;
    threads.shutdownNow();
  }

  private synchronized void start(List<RunSettings> planned) {
    if (!stopped) {
      planned.forEach(run -> threads.execute(() -> train(run)));
      threads.shutdown();
    }
  }

  private void train(RunSettings run) {
    long[] steps = {0};
    try {
      RunResult result =
          trainer.train(
              run,
              () -> {
                steps[0]++;
                progress.stepped(1);
              });
      results.put(run, result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (Throwable e) {
      if (stopped) {
        return;
      }
      crashes.put(run, new CrashedRun(run, e));
    }
    progress.ended(run.steps() - steps[0]);
  }

  private void awaitEnd() {
    long deadline = Long.MAX_VALUE;
    try {
      while (!threads.awaitTermination(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stopped && deadline == Long.MAX_VALUE) {
          deadline = System.nanoTime() + graceNanos;
        }
        if (stopped && System.nanoTime() - deadline > 0) {
          return;
        }
      }
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    }
  }

  private static <T> List<T> inOrder(List<RunSettings> planned, Map<RunSettings, T> found) {
    List<T> ordered = new ArrayList<>();
    for (RunSettings run : planned) {
      if (found.containsKey(run)) {
        ordered.add(Objects.requireNonNull(found.get(run)));
      }
    }
    return ordered;
  }
}
