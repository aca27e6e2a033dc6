package eigengrad.grad;

import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.Parallelism;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Threads and memory for the gradients of batches, to be kept between calls: with a workspace that
 * has seen the order before, a call allocates nothing but its result and a few small objects.
 *
 * <p>It fits every order, grows to what the largest needs, 16n² doubles a thread or what power
 * iteration asks for, and never shrinks. Results depend neither on what it was used for before nor
 * on its threads.
 *
 * <p>One call at a time: a call that finds it in use throws {@link IllegalStateException}.
 */
public final class BatchWorkspace {
  /** Of a chunk, multiply-adds: 5 to 20 µs of work, many times what a claim costs. */
  private static final int CHUNK_WORK = 1 << 16;

  private final Parallelism parallelism;
  private final GroupMemory[] memory = new GroupMemory[Parallelism.MOST_THREADS];
  private final AtomicBoolean inUse = new AtomicBoolean();

  /** A workspace for the calling thread alone. */
  public BatchWorkspace() {
    this(Parallelism.sequential());
  }

  /**
   * A workspace whose calls share their groups out among threads.
   *
   * @param parallelism which
   */
  public BatchWorkspace(Parallelism parallelism) {
    this.parallelism = parallelism;
    for (int worker = 0; worker < memory.length; worker++) {
      memory[worker] = new GroupMemory();
    }
  }

  /** Something to be done for each group of eight matrices. */
  interface GroupWork {
    /**
     * Does one group.
     *
     * @param first its first matrix
     * @param matrices in it, without those that fill it up
     * @param own scratch memory
     */
    void run(int first, int matrices, GroupMemory own);
  }

  /** Does the work for every group of a batch, in chunks that depend on the sizes alone. */
  void run(int count, int order, GroupWork work) {
    run(count, order, (long) MatrixBatch.GROUP * order * order * (order + MatrixBatch.GROUP), work);
  }

  /** The same for work whose multiply-adds are told. */
  void run(int count, int order, long groupWork, GroupWork work) {
    if (!inUse.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "this BatchWorkspace is in use by another call: give each thread its own");
    }
    try {
      int chunk = (int) Math.max(CHUNK_WORK / Math.max(groupWork, 1), 1) * MatrixBatch.GROUP;
      int chunks = order == 0 ? 0 : (int) (((long) count + chunk - 1) / chunk);
      parallelism.run(
          chunks,
          (index, worker) -> {
            memory[worker].reserve(order);
            int end = (int) Math.min((long) (index + 1) * chunk, count);
            for (int first = index * chunk; first < end; first += MatrixBatch.GROUP) {
              work.run(first, Math.min(MatrixBatch.GROUP, end - first), memory[worker]);
            }
          });
    } finally {
      inUse.set(false);
    }
  }
}
