package eigengrad.linalg;

import eigengrad.linalg.internal.support.Crew;
import eigengrad.linalg.internal.support.Lender;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Which threads a solve may use. The result does not depend on it: work is split by the size of the
 * matrix alone and put together in a fixed order, so every choice gives the same bits.
 *
 * <p>The calling thread always works itself. Helpers are borrowed from the pool when a solve begins
 * and are back before it returns or throws; while it lasts they keep their threads busy. A solve
 * waits for no thread of the pool: called from within the pool, or with one that is busy or shut
 * down, it goes on with those it gets, if need be alone. All solves together have at most 15 small
 * tasks in the queue of a pool. One matrix of order up to 256, or a batch of some 50 µs, is solved
 * by the calling thread alone, as sharing would take longer.
 */
public final class Parallelism {
  /** Threads that work at the same time, at most. */
  public static final int MOST_THREADS = 16;

  /** Up to here no part of a solve is worth sharing. */
  private static final int SMALL = 256;

  private static final Parallelism SEQUENTIAL = new Parallelism(null);

  private final @Nullable ForkJoinPool pool;
  private final @Nullable Lender lender;

  private Parallelism(@Nullable ForkJoinPool pool) {
    this.pool = pool;
    this.lender = pool == null ? null : Lender.of(pool);
  }

  /**
   * The calling thread alone.
   *
   * @return no helpers
   */
  public static Parallelism sequential() {
    return SEQUENTIAL;
  }

  /**
   * The calling thread and helpers from a pool: as many threads together as the pool's parallelism,
   * 16 at most.
   *
   * @param pool lends its threads; not shut down by anything here
   * @return up to that many threads
   */
  public static Parallelism of(ForkJoinPool pool) {
    return new Parallelism(pool);
  }

  /** Work in numbered chunks that are independent of each other. */
  @FunctionalInterface
  public interface Chunks {
    /**
     * Does one chunk.
     *
     * @param chunk which, counted from 0; what it computes may depend on nothing else
     * @param worker who does it, 0 to {@link #MOST_THREADS} − 1: of several chunks done at the same
     *     time no two have the same worker, so it may choose the scratch memory
     */
    void run(int chunk, int worker);
  }

  /**
   * Does work in chunks, each worth some 20 µs, and returns when all are done.
   *
   * @param chunks how many, ≥ 0; up to two are done by the calling thread
   * @param work does each; if one throws, those not yet begun are left out and what it threw, be it
   *     a checked exception, is thrown here
   * @throws IllegalArgumentException if chunks is negative
   * @throws CancellationException if the calling thread is interrupted; it stays so
   */
  public void run(int chunks, Chunks work) {
    if (chunks < 0) {
      throw new IllegalArgumentException("chunks must be ≥ 0, got " + chunks);
    }
    try (Crew crew = crewOfChunks(chunks)) {
      crew.run(chunks, work::run);
    }
  }

  /** Who solves an eigenproblem of order n; to be closed when it is solved. */
  Crew crew(int n) {
    return n <= SMALL ? Crew.ofCaller() : crew();
  }

  /** Who does so many chunks of some 20 µs each; to be closed when they are done. */
  Crew crewOfChunks(int chunks) {
    return chunks <= 2 ? Crew.ofCaller() : crew();
  }

  private Crew crew() {
    return pool == null || lender == null
        ? Crew.ofCaller()
        : Crew.of(lender, pool.getParallelism() - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parallelism that && pool == that.pool;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(pool);
  }

  @Override
  public String toString() {
    return pool == null ? "sequential" : "up to " + pool.getParallelism() + " threads";
  }
}
