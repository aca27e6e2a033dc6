package eigengrad.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
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
        (run, afterStep) -> {
          started.add(run);
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome = new RunPool(trainer, 1, GRACE, progress).trainAll(plan);

    assertEquals(plan, started);
    assertEquals(plan, settings(outcome));
    assertFalse(outcome.partial());
  }

  @Test
  void trainAll_slowFirstRun_reportsInPlannedOrder() {
    CountDownLatch othersDone = new CountDownLatch(4);
    List<RunSettings> plan = plan(5);
    Trainer trainer =
        (run, afterStep) -> {
          if (run.seed() == 1) {
            othersDone.await();
          }
          othersDone.countDown();
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome = new RunPool(trainer, 2, GRACE, progress).trainAll(plan);

    assertEquals(plan, settings(outcome));
  }

  @Test
  void trainAll_oneRunThrows_keepsOthersAndCause() {
    IllegalStateException defect = new IllegalStateException("defect");
    Trainer trainer =
        (run, afterStep) -> {
          if (run.seed() == 2) {
            afterStep.run();
            throw defect;
          }
          return finish(run, afterStep);
        };

    ExperimentOutcome outcome = new RunPool(trainer, 2, GRACE, progress).trainAll(plan(4));

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
        (run, afterStep) -> {
          afterStep.run();
          return Runs.failure(run.method(), run.groupSize(), run.seed(), Double.NaN);
        };

    ExperimentOutcome outcome = new RunPool(trainer, 2, GRACE, progress).trainAll(plan(3));

    assertEquals(3, outcome.failures().size());
    assertEquals(3L * Runs.STEPS, progress.steps.get());
  }

  @Test
  void stop_runsFinishedAndRunning_keepsFinished() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Trainer trainer =
        (run, afterStep) -> {
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
    RunPool pool = new RunPool(trainer, 1, GRACE, progress);

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
        (run, afterStep) -> {
          running.countDown();
          while (testOver.getCount() > 0) {
            Thread.onSpinWait();
          }
          return finish(run, afterStep);
        };
    RunPool pool = new RunPool(trainer, 1, 0.1, progress);

    Thread stopper = stopWhen(running, pool);
    ExperimentOutcome outcome = pool.trainAll(plan(2));
    stopper.join();
    testOver.countDown();

    assertTrue(outcome.partial());
    assertTrue(outcome.results().isEmpty());
  }

  @Test
  void trainAll_stoppedBefore_trainsNothing() {
    RunPool pool = new RunPool(RunPoolTest::finish, 1, GRACE, progress);
    pool.stop();
    assertTrue(pool.trainAll(plan(2)).results().isEmpty());
  }

  private static List<RunSettings> plan(int runs) {
    return LongStream.rangeClosed(1, runs)
        .mapToObj(seed -> Runs.run(Method.OURS, 4, seed))
        .toList();
  }

  private static RunResult finish(RunSettings run, Runnable afterStep) {
    for (int step = 0; step < run.steps(); step++) {
      afterStep.run();
    }
    return Runs.success(run.method(), run.groupSize(), run.seed(), 5);
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
