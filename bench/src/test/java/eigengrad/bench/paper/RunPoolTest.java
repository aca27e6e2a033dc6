package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class RunPoolTest {
  private static final double GRACE = 5;

  private final CountingProgress progress = new CountingProgress();

  @Test
  void trainAll_oneThread_startsInPlannedOrder() {
    List<RunSettings> started = Collections.synchronizedList(new ArrayList<>());
    List<RunSettings> plan = plan(6);
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          started.add(run);
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome =
        new RunPool(trainer, RunStore.none(), 1, GRACE, progress).trainAll(plan);

    assertEquals(plan, started);
    assertEquals(plan, settings(outcome));
    assertFalse(outcome.partial());
  }

  @Test
  void trainAll_slowFirstRun_reportsInPlannedOrder() {
    CountDownLatch othersDone = new CountDownLatch(4);
    List<RunSettings> plan = plan(5);
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          if (run.seed() == 1) {
            othersDone.await();
          }
          othersDone.countDown();
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome =
        new RunPool(trainer, RunStore.none(), 2, GRACE, progress).trainAll(plan);

    assertEquals(plan, settings(outcome));
  }

  @Test
  void trainAll_oneRunThrows_keepsOthersAndCause() {
    IllegalStateException defect = new IllegalStateException("defect");
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          if (run.seed() == 2) {
            afterStep.run();
            throw defect;
          }
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome =
        new RunPool(trainer, RunStore.none(), 2, GRACE, progress).trainAll(plan(4));

    assertEquals(3, outcome.results().size());
    assertEquals(1, outcome.crashes().size());
    assertSame(defect, outcome.crashes().get(0).thrown());
    assertEquals(2, outcome.crashes().get(0).settings().seed());
    assertFalse(outcome.partial());
    assertEquals(4L * Runs.STEPS, progress.steps.get());
  }

  @Test
  void trainAll_runFailsEarly_progressReachesAllSteps() {
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          afterStep.run();
          return Runs.failure(run);
        };

    ExperimentOutcome outcome =
        new RunPool(trainer, RunStore.none(), 2, GRACE, progress).trainAll(plan(3));

    assertEquals(3, outcome.failures().size());
    assertEquals(3L * Runs.STEPS, progress.steps.get());
  }

  @Test
  void stop_runsFinishedAndRunning_keepsFinished() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          if (run.seed() <= 2) {
            return finish(run, afterStep);
          }
          running.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
          }
          return finish(run, afterStep);
        };
    RunPool pool = new RunPool(trainer, RunStore.none(), 1, GRACE, progress);

    Thread stopper = stopWhen(running, pool);
    ExperimentOutcome outcome = pool.trainAll(plan(5));
    stopper.join();

    assertTrue(interrupted.get());
    assertTrue(outcome.partial());
    assertEquals(plan(2), settings(outcome));
    assertTrue(outcome.crashes().isEmpty());
  }

  @Test
  void stop_runIgnoresInterruption_isLeftBehindAfterGrace() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch testOver = new CountDownLatch(1);
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          running.countDown();
          while (testOver.getCount() > 0) {
            Thread.onSpinWait();
          }
          return finish(run, afterStep);
        };
    RunPool pool = new RunPool(trainer, RunStore.none(), 1, 0.1, progress);

    Thread stopper = stopWhen(running, pool);
    ExperimentOutcome outcome = pool.trainAll(plan(2));
    stopper.join();
    testOver.countDown();

    assertTrue(outcome.partial());
    assertTrue(outcome.results().isEmpty());
  }

  @Test
  void trainAll_stoppedBefore_trainsNothing() {
    RunPool pool = new RunPool(RunPoolTest::finish, RunStore.none(), 1, GRACE, progress);
    pool.stop();
    assertTrue(pool.trainAll(plan(2)).results().isEmpty());
  }

  @Test
  void trainAll_runInTheStore_isNotTrained() {
    RunResult stored = Runs.success(plan(3).get(1), 42);
    MemoryStore store = new MemoryStore();
    store.results.put(stored.settings(), stored);
    List<RunSettings> trained = Collections.synchronizedList(new ArrayList<>());
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          trained.add(run);
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome = new RunPool(trainer, store, 1, GRACE, progress).trainAll(plan(3));

    assertEquals(List.of(plan(3).get(0), plan(3).get(2)), trained);
    assertEquals(42, outcome.results().get(1).errorPercent());
    assertEquals(3, store.results.size());
    assertEquals(3L * Runs.STEPS, progress.steps.get());
    assertEquals(0, store.held.size());
  }

  @Test
  void trainAll_runThatAnotherProcessHas_isPutOffAndThenTaken() {
    MemoryStore store = new MemoryStore();
    RunSettings elsewhere = plan(3).get(0);
    store.held.add(elsewhere);
    List<RunSettings> trained = Collections.synchronizedList(new ArrayList<>());
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          trained.add(run);
          if (run.seed() == 3) { // the other process comes to its end
            store.results.put(elsewhere, Runs.success(elsewhere, 77));
            store.held.remove(elsewhere);
          }
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome = new RunPool(trainer, store, 1, GRACE, progress).trainAll(plan(3));

    assertEquals(plan(3).subList(1, 3), trained);
    assertEquals(77, outcome.results().get(0).errorPercent());
    assertFalse(outcome.partial());
  }

  @Test
  void trainAll_otherProcessDies_runIsTrainedHere() {
    MemoryStore store = new MemoryStore();
    RunSettings elsewhere = plan(2).get(0);
    store.held.add(elsewhere);
    Trainer trainer =
        (run, checkpoints, afterStep) -> {
          if (run.seed() == 2) {
            store.held.remove(elsewhere);
          }
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome = new RunPool(trainer, store, 1, GRACE, progress).trainAll(plan(2));

    assertEquals(plan(2), settings(outcome));
  }

  @Test
  void trainAll_resultCannotBeSaved_isACrash() {
    IOException full = new IOException("no space left");
    RunStore store =
        new RunStore() {
          @Override
          public @Nullable RunResult find(RunSettings run) {
            return null;
          }

          @Override
          public Claim claim(RunSettings run) {
            return () -> {};
          }

          @Override
          public void save(RunResult result) throws IOException {
            throw full;
          }

          @Override
          public Checkpoints checkpoints(RunSettings run) {
            return Checkpoints.none();
          }
        };
    ExperimentOutcome outcome =
        new RunPool(RunPoolTest::finish, store, 1, GRACE, progress).trainAll(plan(1));
    assertSame(full, outcome.crashes().get(0).thrown());
  }

  /** Keeps results in memory; of the runs that are held, another process has some. */
  private static final class MemoryStore implements RunStore {
    private final Map<RunSettings, RunResult> results = new ConcurrentHashMap<>();
    private final Set<RunSettings> held = ConcurrentHashMap.newKeySet();

    @Override
    public @Nullable RunResult find(RunSettings run) {
      assertTrue(held.contains(run), "read without a claim");
      return results.get(run);
    }

    @Override
    public @Nullable Claim claim(RunSettings run) {
      return held.add(run) ? () -> held.remove(run) : null;
    }

    @Override
    public void save(RunResult result) {
      assertTrue(held.contains(result.settings()), "saved without a claim");
      results.put(result.settings(), result);
    }

    @Override
    public Checkpoints checkpoints(RunSettings run) {
      assertTrue(held.contains(run), "asked for without a claim");
      return Checkpoints.none();
    }
  }

  private static List<RunSettings> plan(int runs) {
    return LongStream.rangeClosed(1, runs)
        .mapToObj(seed -> Runs.run(Method.OURS, 4, seed))
        .toList();
  }

  private static RunResult finish(RunSettings run, Checkpoints checkpoints, Runnable afterStep) {
    return finish(run, afterStep);
  }

  private static RunResult finish(RunSettings run, Runnable afterStep) {
    for (int step = 0; step < run.steps(); step++) {
      afterStep.run();
    }
    return Runs.success(run, 5);
  }

  private static List<RunSettings> settings(ExperimentOutcome outcome) {
    return outcome.results().stream().map(RunResult::settings).toList();
  }

  private static Thread stopWhen(CountDownLatch running, RunPool pool) {
    Thread thread =
        new Thread(
            () -> {
              try {
                running.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              pool.stop();
            });
    thread.start();
    return thread;
  }

  private static final class CountingProgress implements Progress {
    private final AtomicLong steps = new AtomicLong();

    @Override
    public void stepped(long taken) {
      steps.addAndGet(taken);
    }

    @Override
    public void ended(long stepsLeft) {
      steps.addAndGet(stepsLeft);
    }

    @Override
    public void close() {}
  }
}
