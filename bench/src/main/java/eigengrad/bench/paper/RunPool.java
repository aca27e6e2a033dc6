package eigengrad.bench.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that train a list of runs, started in the order of the list. A run that
 * throws costs no other run its result, nor does {@link #stop()}.
 *
 * <p>What the store has is not trained again. A run that another process is training is put off to
 * the end of the list, and waited for at last.
 */
final class RunPool {
  private static final long POLL_MILLIS = 20;

  /** How long a thread leaves a run alone that another process has. */
  private static final long ELSEWHERE_MILLIS = 200;

  private final Trainer trainer;
  private final RunStore store;
  private final int threadCount;
  private final Progress progress;
  private final long graceNanos;
  private final ExecutorService threads;
  private final Queue<RunSettings> waiting = new ConcurrentLinkedQueue<>();
  private final Map<RunSettings, RunResult> results = new ConcurrentHashMap<>();
  private final Map<RunSettings, CrashedRun> crashes = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * A pool for one list of runs.
   *
   * @param trainer called by all threads
   * @param store where results come from and go to
   * @param threads how many runs are trained at a time
   * @param graceSeconds how long a stopped run may take to notice
   * @param progress told of every step and every run's end
   */
  RunPool(Trainer trainer, RunStore store, int threads, double graceSeconds, Progress progress) {
    this.trainer = trainer;
    this.store = store;
    this.threadCount = threads;
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
      waiting.addAll(planned);
      for (int i = 0; i < threadCount; i++) {
        threads.execute(this::work);
      }
      threads.shutdown();
    }
  }

  private void work() {
    try {
      for (RunSettings run = waiting.poll(); run != null && !stopped; run = waiting.poll()) {
        if (!settle(run)) {
          waiting.add(run);
          Thread.sleep(ELSEWHERE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a run has come to its end. If not, another process has it. */
  private boolean settle(RunSettings run) throws InterruptedException {
    long[] steps = {0};
    try {
      RunResult result = findOrTrain(run, steps);
      if (result == null) {
        return false;
      }
      results.put(run, result);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      if (stopped) {
        return true;
      }
      crashes.put(run, new CrashedRun(run, e));
    }
    progress.ended(run.steps() - steps[0]);
    return true;
  }

  private @Nullable RunResult findOrTrain(RunSettings run, long[] steps)
      throws IOException, InterruptedException {
    RunStore.Claim claim = store.claim(run);
    if (claim == null) {
      return null;
    }
    try (claim) {
      RunResult found = store.find(run);
      if (found != null) {
        return found;
      }
      RunResult result =
          trainer.train(
              run,
              store.checkpoints(run),
              () -> {
                steps[0]++;
                progress.stepped(1);
              });
      store.save(result);
      return result;
    }
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
