package eigengrad.linalg.parallel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread of one solve and the helpers it borrows from a pool until the solve ends.
 *
 * <p>Work comes in batches of chunks, as often as every ten microseconds: too often to submit tasks
 * to the pool. Helpers therefore stay, look for the next batch, spin while there is none and nap
 * when that takes long. Each worker claims the chunks of its own range first, then those that
 * others have left: what a chunk works on is, batch after batch, in the cache of the same
 * processor. The caller takes part and waits only for chunks that a helper has claimed, so a solve
 * ends whether or not the pool ever lends a thread.
 *
 * <p>Only the calling thread may call {@link #run} and {@link #close}; {@code run} is not to be
 * called from within a chunk.
 */
public final class Crew implements AutoCloseable {
  /** More than there are chunks in most batches. */
  private static final int MOST_HELPERS = 15;

  /** About 20 µs: longer than the caller is busy alone between two batches of a reduction. */
  private static final int SPINS = 1_000;

  /**
   * Some milliseconds of spinning and yielding: naps are for when the caller goes on alone. A
   * thread that naps all the time looks idle, and Linux leaves it on the processor of the caller.
   */
  private static final int PATIENCE = 10_000;

  private static final long NAP_NANOS = 50_000;

  /** No two counters share a cache line, or the pair of lines that is fetched together. */
  private static final int COUNTER_STRIDE = 16;

  private static final Crew ALONE = new Crew(null, 0);

  /** Whose interruption ends the solve; null if nobody's. */
  private final @Nullable Thread caller;

  private final Helper[] helpers;

  /**
   * Of each worker's range: the number of the batch, times 2³², plus how many of its chunks nobody
   * has claimed yet.
   */
  private final AtomicLongArray unclaimed;

  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;

  /** Written before {@link #unclaimed}, read after a claim: the claim makes them visible. */
  private @Nullable ChunkBody body;

  private int chunkCount;
  private int batch;

  private Crew(@Nullable Thread caller, int helperCount) {
    this.caller = caller;
    this.helpers = new Helper[helperCount];
    for (int i = 0; i < helperCount; i++) {
      helpers[i] = new Helper(i + 1);
    }
    this.unclaimed = new AtomicLongArray(size() * COUNTER_STRIDE);
  }

  /**
   * Whoever calls, without helpers and not to be interrupted: for work inside a chunk.
   *
   * @return always the same crew, which needs no closing
   */
  public static Crew alone() {
    return ALONE;
  }

  /**
   * The current thread without helpers.
   *
   * @return a crew of one
   */
  public static Crew ofCaller() {
    return new Crew(Thread.currentThread(), 0);
  }

  /**
   * The current thread and one helper for each further thread of a pool. A pool that is shut down
   * lends none, a busy one as soon as it can.
   *
   * @param pool where helpers are borrowed
   * @return the crew, to be closed by the current thread
   */
  public static Crew of(ForkJoinPool pool) {
    Crew crew = new Crew(Thread.currentThread(), Math.min(pool.getParallelism() - 1, MOST_HELPERS));
    try {
      for (Helper helper : crew.helpers) {
        pool.execute(helper);
      }
    } catch (RejectedExecutionException shutDown) {
      // The caller does the work, with those that came before the pool was shut down.
    } catch (RuntimeException | Error failure) {
      crew.close();
      throw failure;
    }
    return crew;
  }

  /**
   * How many may work at the same time.
   *
   * @return the helpers and the caller
   */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Does a batch: returns when all of its chunks are done.
   *
   * @param chunks how many, ≥ 0
   * @param chunkBody does each; if one throws, those not yet begun are left out and the exception
   *     is thrown here
   * @throws CancellationException if the calling thread has been interrupted
   */
  public void run(int chunks, ChunkBody chunkBody) {
    if (helpers.length == 0 || chunks <= 1) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        requireNotInterrupted();
        chunkBody.run(chunk, 0);
      }
      return;
    }
    body = chunkBody;
    finished.set(0);
    batch++;
    chunkCount = chunks;
    for (int worker = 0; worker < size(); worker++) {
      int range = rangeStart(worker + 1) - rangeStart(worker);
      unclaimed.set(worker * COUNTER_STRIDE, ((long) batch << Integer.SIZE) | range);
    }
    claimAndRun(0);
    for (int spins = 0; finished.get() < chunks; spins++) {
      pause(spins);
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /**
   * To be called now and then between steps of a solve.
   *
   * @throws CancellationException if the calling thread has been interrupted; it stays so
   */
  public void requireNotInterrupted() {
    if (caller != null && caller.isInterrupted()) {
      throw new CancellationException("interrupted: the eigenproblem was not solved to the end");
    }
  }

  private int rangeStart(int worker) {
    return (int) ((long) chunkCount * worker / size());
  }

  /**
   * Works on the batch that the worker's own range belongs to: a range of a later one is left until
   * its own is known, lest it take what another has in its cache.
   *
   * @return whether there was anything to do
   */
  private boolean claimAndRun(int worker) {
    boolean claimed = false;
    long known = unclaimed.get(worker * COUNTER_STRIDE) >> Integer.SIZE;
    for (int turn = 0; turn < size(); turn++) {
      int owner = (worker + turn) % size();
      int at = owner * COUNTER_STRIDE;
      long seen = unclaimed.get(at);
      while ((int) seen > 0 && seen >> Integer.SIZE == known) {
        // Fails if anybody claimed meanwhile, or another batch began: its number is in there too.
        if (unclaimed.compareAndSet(at, seen, seen - 1)) {
          claimed = true;
          runChunk(rangeStart(owner) + (int) seen - 1, worker);
        }
        seen = unclaimed.get(at);
      }
    }
    return claimed;
  }

  private void runChunk(int chunk, int worker) {
    ChunkBody current = body;
    try {
      if (failure.get() == null && current != null) {
        requireNotInterrupted();
        current.run(chunk, worker);
      }
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    } finally {
      finished.incrementAndGet();
    }
  }

  /** On a machine with fewer processors than threads, whoever is waited for must get one. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /** Sends the helpers back and waits until they have left. One that comes later leaves at once. */
  @Override
  public void close() {
    if (helpers.length == 0) {
      return;
    }
    closed = true;
    body = null;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper.thread);
      for (int spins = 0; helper.thread != null; spins++) {
        pause(spins);
      }
    }
  }

  private final class Helper implements Runnable {
    private final int worker;

    /** The thread that was lent, while it is. */
    private volatile @Nullable Thread thread;

    Helper(int worker) {
      this.worker = worker;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      try {
        for (int idle = 0; !closed; idle++) {
          if (claimAndRun(worker)) {
            idle = 0;
          } else if (idle < PATIENCE) {
            pause(idle);
          } else {
            // A nap ends by itself: nobody has to be woken for a batch.
            LockSupport.parkNanos(this, NAP_NANOS);
          }
        }
      } finally {
        thread = null;
      }
    }
  }
}
