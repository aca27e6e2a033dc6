package eigengrad.linalg.internal.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What waits in the queue of a pool without a free thread, and who is lent. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class LenderTest {
  private static final int HELPERS = 15;

  @Test
  void crews_fixedPoolThatIsBusy_leaveNoMoreTasksThanOneCrew() {
    try (ThreadPoolExecutor pool =
        new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>())) {
      requireFewTasks(pool, 2, () -> pool.getQueue().size());
    }
  }

  @Test
  void crews_forkJoinPoolThatIsBusy_leaveNoMoreTasksThanOneCrew() {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      requireFewTasks(pool, 2, () -> queued(pool));
    }
  }

  @Test
  void crews_executorThatOnlyCollects_leaveNoMoreTasksThanOneCrew() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Executor pool = tasks::add;
    requireFewTasks(pool, 0, tasks::size);
    tasks.forEach(Runnable::run);
    tasks.clear();
    runCrew(pool);
    assertEquals(HELPERS, tasks.size(), "tickets that were served count no more");
  }

  private static void requireFewTasks(Executor pool, int threads, LongSupplier queued) {
    CountDownLatch started = new CountDownLatch(threads);
    CountDownLatch release = new CountDownLatch(1);
    for (int thread = 0; thread < threads; thread++) {
      pool.execute(
          () -> {
            started.countDown();
            await(release);
          });
    }
    await(started);
    try {
      for (int solve = 0; solve < 50_000; solve++) {
        runCrew(pool);
        assertTrue(queued.getAsLong() <= HELPERS, () -> queued.getAsLong() + " tasks");
      }
    } finally {
      release.countDown();
    }
  }

  private static void runCrew(Executor pool) {
    try (Crew crew = Crew.of(Lender.of(pool), HELPERS)) {
      int[] done = new int[4];
      crew.run(done.length, (chunk, worker) -> done[chunk]++);
      for (int times : done) {
        assertEquals(1, times);
      }
    }
  }

  @Test
  void crews_eachThreadOfThePoolWithItsOwn_leaveNoMoreTasksThanOneCrew() {
    int threads = 4;
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      CyclicBarrier together = new CyclicBarrier(threads);
      AtomicInteger most = new AtomicInteger();
      List<Runnable> solves = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        solves.add(
            () -> {
              await(together);
              for (int solve = 0; solve < 5_000; solve++) {
                runCrew(pool);
                most.accumulateAndGet((int) queued(pool), Math::max);
              }
            });
      }
      solves.stream().map(pool::submit).toList().forEach(task -> task.join());
      assertTrue(most.get() <= HELPERS, most + " tasks");
    }
  }

  private static long queued(ForkJoinPool pool) {
    return pool.getQueuedSubmissionCount() + pool.getQueuedTaskCount();
  }

  @Test
  void ticket_ofACrewThatIsClosed_keepsNothingOfIt() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    WeakReference<double[]> memory = workWithMemory(tasks::add);
    assertEquals(HELPERS, tasks.size());
    while (memory.get() != null) {
      System.gc();
    }
  }

  private static WeakReference<double[]> workWithMemory(Executor pool) {
    double[] memory = new double[1_000];
    try (Crew crew = Crew.of(Lender.of(pool), HELPERS)) {
      crew.run(4, (chunk, worker) -> memory[chunk]++);
    }
    return new WeakReference<>(memory);
  }

  /** Its own tickets lie behind a queue of old ones, which serve it as well. */
  @Test
  void crew_afterOthersWhoseTicketsWait_getsItsHelpers() {
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      CountDownLatch release = new CountDownLatch(1);
      for (int thread = 0; thread < 3; thread++) {
        pool.execute(() -> await(release));
      }
      runCrew(pool);
      try (Crew crew = Crew.of(Lender.of(pool), 2)) {
        release.countDown();
        requireAllAtOnce(crew);
      }
    }
  }

  /** More vacancies than tickets: each that is picked up has to see to the next. */
  @Test
  void crews_thatLackMoreHelpersThanThereAreTickets_getThemAll() {
    int threads = 40;
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      CountDownLatch release = new CountDownLatch(1);
      for (int thread = 0; thread < threads; thread++) {
        pool.execute(() -> await(release));
      }
      try (Crew first = Crew.of(Lender.of(pool), HELPERS);
          Crew second = Crew.of(Lender.of(pool), HELPERS)) {
        release.countDown();
        requireAllAtOnce(first);
        requireAllAtOnce(second);
      }
    }
  }

  /** As many chunks as workers, which wait for each other. */
  private static void requireAllAtOnce(Crew crew) {
    CountDownLatch all = new CountDownLatch(crew.size());
    crew.run(
        crew.size(),
        (chunk, worker) -> {
          all.countDown();
          await(all);
        });
  }

  @Test
  void crew_executorThatRunsTasksInTheirCallersThread_worksAlone() {
    runCrew(Runnable::run);
  }

  @Test
  void chunk_thatRunsTheTicketsOfItsOwnCrew_doesNotWaitForItself() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (Crew crew = Crew.of(Lender.of(tasks::add), 1)) {
      crew.run(2, (chunk, worker) -> tasks.forEach(Runnable::run));
    }
  }

  @Test
  void of_samePool_isTheSameLenderAsLongAsItIsUsed() {
    Executor pool = task -> {};
    Lender lender = Lender.of(pool);
    assertSame(lender, Lender.of(pool));
    assertNotSame(lender, Lender.of(task -> {}));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
