package eigengrad.linalg.internal.support;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread of one solve and the helpers it borrows from a pool until the solve ends.
 *
 * <p>Work comes in rounds of chunks, as often as every ten microseconds: too often to submit tasks
 * to the pool. Helpers therefore stay, look for the next round, spin while there is none and nap
 * when that takes long. Each worker claims the chunks of its own range first, then those that
 * others have left: what a chunk works on is, round after round, in the cache of the same
 * processor. The caller takes part and waits only for chunks that a helper has claimed, so a solve
 * ends whether or not the pool ever lends a thread.
 *
 * <p>Only the calling thread may call {@link #run} and {@link #close}; {@code run} is not to be
 * called from within a chunk.
 */
public final class Crew implements AutoCloseable {
  /** More than there are chunks in most rounds. */
  static final int MOST_HELPERS = 15;

  /** About 20 µs: longer than the caller is busy alone between two rounds of a reduction. */
  private static final int SPINS = 1_000;

  /**
   * Some milliseconds of spinning and yielding: naps are for when the caller goes on alone. A
   * thread that naps all the time looks idle, and Linux leaves it on the processor of the caller.
   */
  private static final int PATIENCE = 10_000;

  private static final long NAP_NANOS = 50_000;

  /** No two counters share a cache line, or the pair of lines that is fetched together. */
  private static final int COUNTER_STRIDE = 16;

  private static final Crew ALONE = new Crew(null, null, 0);

  /** The thread whose interruption ends the solve; null if none does. */
  private final @Nullable Thread caller;

  /** Where helpers come from; null if there are none. */
  private final @Nullable Lender lender;

  private final Helper[] helpers;

  /** How many of the helpers have come; guarded by the lender. */
  private int admitted;

  /**
   * Of each worker's range: the number of the round, times 2³², plus how many of its chunks are
   * unclaimed.
   */
  private final AtomicLongArray unclaimed;

  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean closed;

  /** Written before {@link #unclaimed}, read after a claim: the claim makes them visible. */
  private @Nullable ChunkBody body;

  private int chunkCount;
  private int batch;

  private Crew(@Nullable Thread caller, @Nullable Lender lender, int helperCount) {
    this.caller = caller;
    this.lender = lender;
    this.helpers = new Helper[helperCount];
    for (int i = 0; i < helperCount; i++) {
      helpers[i] = new Helper(i + 1);
    }
    this.unclaimed = new AtomicLongArray(helperCount * COUNTER_STRIDE + 1);
  }

  /**
   * The current thread without helpers, which an interrupt does not stop: for work inside a chunk.
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
   * @throws CancellationException if the current thread is interrupted
   */
  public static Crew ofCaller() {
    Crew crew = new Crew(Thread.currentThread(), null, 0);
    crew.requireNotInterrupted();
    return crew;
  }

  /**
   * The current thread and helpers. A pool that is shut down lends none, a busy one as soon as it
   * can.
   *
   * @param lender of the pool where helpers are borrowed
   * @param helpers how many, ≥ 0; 15 at most are borrowed
   * @return the crew, to be closed by the current thread
   * @throws CancellationException if the current thread is interrupted
   */
  public static Crew of(Lender lender, int helpers) {
    if (helpers == 0) {
      return ofCaller();
    }
    Crew crew = new Crew(Thread.currentThread(), lender, Math.min(helpers, MOST_HELPERS));
    crew.requireNotInterrupted();
    try {
      lender.staff(crew);
    } catch (Throwable failure) {
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
   * Does a round: returns when all of its chunks are done.
   *
   * @param chunks how many, ≥ 0
   * @param chunkBody does each; if one throws, those not yet begun are left out and what it threw,
   *     be it a checked exception, is thrown here
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
    if (thrown != null) {
      Crew.<RuntimeException>rethrow(thrown);
    }
  }

  /** As it was thrown: a body may throw checked exceptions too, from Kotlin or by generics. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
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
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    } finally {
      finished.incrementAndGet();
    }
  }

  /** Yields after a while: with fewer processors than threads, the thread waited for needs one. */
  @SuppressWarnings("ThreadPriorityCheck")
  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /** How many helpers have not come. */
  int vacancies() {
    return helpers.length - admitted;
  }

  /** Whether a thread works here, as the caller or as a helper. */
  boolean includes(Thread thread) {
    boolean included = thread == caller;
    for (int i = 0; i < admitted; i++) {
      included |= thread == helpers[i].thread;
    }
    return included;
  }

  /** Takes a thread in, where there is a vacancy. */
  Helper admit(Thread thread) {
    Helper helper = helpers[admitted++];
    helper.thread = thread;
    return helper;
  }

  /** Sends the helpers back and waits until they have left. None comes later. */
  @Override
  public void close() {
    if (lender == null) {
      return;
    }
    lender.release(this);
    closed = true;
    body = null;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper.thread);
      for (int spins = 0; helper.thread != null; spins++) {
        pause(spins);
      }
    }
  }

  /** A place for one of the lender's threads. */
  final class Helper {
    private final int worker;

    /** The thread that was lent, while it is. */
    private volatile @Nullable Thread thread;

    Helper(int worker) {
      this.worker = worker;
    }

    /** Takes part until the crew is closed. */
    void work() {
      try {
        for (int idle = 0; !closed; idle++) {
          if (claimAndRun(worker)) {
            idle = 0;
          } else if (idle < PATIENCE) {
            pause(idle);
          } else {
            // A nap ends by itself: no helper has to be woken for a round.
            LockSupport.parkNanos(this, NAP_NANOS);
          }
        }
      } finally {
        thread = null;
      }
    }
  }
}
