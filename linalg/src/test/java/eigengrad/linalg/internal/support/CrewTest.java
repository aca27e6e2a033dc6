package eigengrad.linalg.internal.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class CrewTest {

  @Test
  void run_manyBatches_doEveryChunkOnceAndAreSeenByTheCaller() {
    for (int threads = 1; threads <= 5; threads++) {
      try (ForkJoinPool pool = new ForkJoinPool(threads);
          Crew crew = crew(pool)) {
        assertEquals(threads, crew.size());
        int[] done = new int[7];
        for (int batch = 1; batch <= 20_000; batch++) {
          crew.run(batch % 8, (chunk, worker) -> done[chunk]++);
        }
        for (int chunk = 0; chunk < done.length; chunk++) {
          assertEquals((6 - chunk + 1) * 2_500, done[chunk], "chunk " + chunk);
        }
      }
    }
  }

  @Test
  void run_workers_areNeverTheSameAtTheSameTime() {
    try (ForkJoinPool pool = new ForkJoinPool(4);
        Crew crew = crew(pool)) {
      AtomicIntegerArray busy = new AtomicIntegerArray(crew.size());
      for (int batch = 0; batch < 2_000; batch++) {
        crew.run(
            9,
            (chunk, worker) -> {
              assertEquals(1, busy.incrementAndGet(worker));
              busy.decrementAndGet(worker);
            });
      }
    }
  }

  /** The two chunks wait for each other: one thread alone would never end. */
  @Test
  void run_freePool_lendsAThread() {
    try (ForkJoinPool pool = new ForkJoinPool(2);
        Crew crew = crew(pool)) {
      CountDownLatch both = new CountDownLatch(2);
      crew.run(
          2,
          (chunk, worker) -> {
            both.countDown();
            await(both);
          });
      assertEquals(0, both.getCount());
    }
  }

  @Test
  void run_batchAfterBatch_givesEachWorkerTheSameChunks() {
    try (ForkJoinPool pool = new ForkJoinPool(2);
        Crew crew = crew(pool)) {
      for (int batch = 0; batch < 100; batch++) {
        CountDownLatch both = new CountDownLatch(2);
        crew.run(
            2,
            (chunk, worker) -> {
              both.countDown();
              await(both);
              assertEquals(chunk, worker);
            });
      }
    }
  }

  @Test
  void run_chunkThatThrows_endsTheBatchAndIsReportedToTheCaller() {
    try (ForkJoinPool pool = new ForkJoinPool(3)) {
      try (Crew crew = crew(pool)) {
        for (int failing = 0; failing < 6; failing++) {
          int bad = failing;
          IllegalStateException failure = new IllegalStateException("chunk " + bad);
          assertSame(
              failure,
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      crew.run(
                          6,
                          (chunk, worker) -> {
                            if (chunk == bad) {
                              throw failure;
                            }
                          })));
        }
        AtomicInteger done = new AtomicInteger();
        crew.run(6, (chunk, worker) -> done.incrementAndGet());
        assertEquals(6, done.get(), "the next batch starts afresh");
      }
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  /** As Kotlin, Scala and Lombok do; not a subclass of what a lambda may throw in Java. */
  @Test
  void run_chunkThatThrowsACheckedException_throwsTheSame() {
    try (ForkJoinPool pool = new ForkJoinPool(4)) {
      for (int repeat = 0; repeat < 500; repeat++) {
        int bad = repeat % 8;
        IOException failure = new IOException("chunk " + bad);
        try (Crew crew = crew(pool)) {
          assertSame(
              failure,
              assertThrows(
                  IOException.class,
                  () ->
                      crew.run(
                          8,
                          (chunk, worker) -> {
                            if (chunk == bad) {
                              CrewTest.<RuntimeException>rethrow(failure);
                            }
                          })));
          AtomicInteger done = new AtomicInteger();
          crew.run(8, (chunk, worker) -> done.incrementAndGet());
          assertEquals(8, done.get(), "the next batch starts afresh");
        }
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void run_interruptedCaller_isCancelledAndStaysInterrupted() {
    try (ForkJoinPool pool = new ForkJoinPool(2);
        Crew several = crew(pool)) {
      for (Crew crew : new Crew[] {several, Crew.ofCaller()}) {
        Thread caller = Thread.currentThread();
        assertThrows(
            CancellationException.class,
            () -> crew.run(1_000, (chunk, worker) -> caller.interrupt()));
        assertThrows(CancellationException.class, crew::requireNotInterrupted);
        assertTrue(Thread.interrupted());
        crew.requireNotInterrupted();
      }
    }
  }

  @Test
  void alone_interruptedThread_goesOn() {
    Thread.currentThread().interrupt();
    AtomicInteger done = new AtomicInteger();
    Crew.alone().run(3, (chunk, worker) -> done.incrementAndGet());
    assertTrue(Thread.interrupted());
    assertEquals(3, done.get());
  }

  @Test
  void run_poolShutDown_isDoneByTheCaller() {
    ForkJoinPool pool = new ForkJoinPool(4);
    pool.shutdown();
    try (Crew crew = crew(pool)) {
      AtomicInteger done = new AtomicInteger();
      Thread caller = Thread.currentThread();
      crew.run(
          10,
          (chunk, worker) -> {
            assertSame(caller, Thread.currentThread());
            done.incrementAndGet();
          });
      assertEquals(10, done.get());
    }
  }

  @Test
  void of_poolThatThrows_sendsThoseAlreadyThereBack() {
    AtomicInteger asked = new AtomicInteger();
    try (ForkJoinPool pool =
        new ForkJoinPool(3) {
          @Override
          public void execute(Runnable task) {
            if (asked.incrementAndGet() > 1) {
              throw new IllegalStateException("no more");
            }
            super.execute(task);
          }
        }) {
      assertThrows(IllegalStateException.class, () -> crew(pool));
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  @Test
  void close_afterwards_noHelperStaysAndLateOnesDoNothing() {
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      CountDownLatch busy = new CountDownLatch(1);
      pool.execute(() -> await(busy));
      pool.execute(() -> await(busy));
      try (Crew crew = crew(pool)) {
        AtomicInteger done = new AtomicInteger();
        crew.run(5, (chunk, worker) -> done.incrementAndGet());
        assertEquals(5, done.get());
      }
      busy.countDown();
      assertTrue(pool.awaitQuiescence(1, TimeUnit.MINUTES), "a helper stayed");
    }
  }

  private static Crew crew(ForkJoinPool pool) {
    return Crew.of(Lender.of(pool), pool.getParallelism() - 1);
  }

  @Test
  void ranges_always_coverTheWholeInOrder() {
    for (int size = 0; size < 400; size++) {
      for (int multiple : new int[] {1, 4, 5, 12}) {
        int count = Ranges.count(size, 64);
        assertEquals(0, Ranges.start(0, count, size, multiple));
        for (int range = 0; range < count; range++) {
          int start = Ranges.start(range, count, size, multiple);
          assertEquals(0, start % multiple);
          assertTrue(start <= Ranges.start(range + 1, count, size, multiple));
        }
        assertEquals(size, Ranges.start(count, count, size, multiple));
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
