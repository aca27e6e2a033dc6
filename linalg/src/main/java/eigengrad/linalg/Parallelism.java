package eigengrad.linalg;

import eigengrad.linalg.parallel.Crew;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Which threads a solve may use. The result does not depend on it: work is split by the size of the
 * matrix alone and put together in a fixed order, so every choice gives the same bits.
 *
 * <p>The calling thread always works itself. Helpers are borrowed from the pool when a solve begins
 * and are back before it returns or throws; while it lasts they keep their threads busy. A solve
 * waits for no thread of the pool: called from within the pool, or with one that is busy or shut
 * down, it goes on with those it gets, if need be alone. One matrix of order up to 256, or a batch
 * of some 50 µs, is solved by the calling thread alone, as sharing would take longer.
 */
public final class Parallelism {
  /** Up to here no part of a solve is worth sharing. */
  private static final int SMALL = 256;

  private static final Parallelism SEQUENTIAL = new Parallelism(null);

  private final @Nullable ForkJoinPool pool;

  private Parallelism(@Nullable ForkJoinPool pool) {
    this.pool = pool;
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

  /** Who solves an eigenproblem of order n; to be closed when it is solved. */
  Crew crew(int n) {
    return pool == null || n <= SMALL ? Crew.ofCaller() : Crew.of(pool);
  }

  /** Who does so many chunks of some 20 µs each; to be closed when they are done. */
  Crew crewOfChunks(int chunks) {
    return pool == null || chunks <= 2 ? Crew.ofCaller() : Crew.of(pool);
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
