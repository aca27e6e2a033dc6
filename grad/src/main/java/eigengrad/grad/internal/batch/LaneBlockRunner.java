package eigengrad.grad.internal.batch;

import static eigengrad.grad.internal.batch.LaneBlocks.LANES;

import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Parallelism;
import eigengrad.linalg.internal.support.Workspace;
import java.util.Arrays;

/** Does work for every lane block of a batch, with the threads and the memory of a solver. */
public final class LaneBlockRunner {
  /** Of a chunk, multiply-adds: 5 to 20 µs of work, many times what a claim costs. */
  private static final int CHUNK_WORK = 1 << 16;

  private final Parallelism parallelism;
  private final Workspace workspace;

  public LaneBlockRunner(EigenSolver solver) {
    this.parallelism = solver.options().parallelism();
    this.workspace = solver.workspace();
  }

  /** One for each thread. */
  private static final class Memories {
    private final LaneBlockMemory[] each = new LaneBlockMemory[Parallelism.MOST_THREADS];

    Memories() {
      Arrays.setAll(each, worker -> new LaneBlockMemory());
    }
  }

  /** Something to be done for each lane block. */
  public interface Work {
    /**
     * Does one lane block.
     *
     * @param first its first matrix
     * @param matrices how many it holds, without padding
     * @param own scratch memory
     */
    void run(int first, int matrices, LaneBlockMemory own);
  }

  /** Work of O(n³), in chunks that depend on the sizes alone. */
  public void run(int count, int order, Work work) {
    run(count, order, (long) LANES * order * order * (order + LANES), work);
  }

  /** The same for work of a given number of multiply-adds per lane block. */
  public void run(int count, int order, long blockWork, Work work) {
    workspace.acquire();
    try {
      LaneBlockMemory[] memory = workspace.memory().of(Memories.class, Memories::new).each;
      int chunk = (int) Math.max(CHUNK_WORK / Math.max(blockWork, 1), 1) * LANES;
      int chunks = order == 0 ? 0 : (int) (((long) count + chunk - 1) / chunk);
      parallelism.run(
          chunks,
          (index, worker) -> {
            memory[worker].reserve(order);
            int end = (int) Math.min((long) (index + 1) * chunk, count);
            for (int first = index * chunk; first < end; first += LANES) {
              work.run(first, Math.min(LANES, end - first), memory[worker]);
            }
          });
    } finally {
      workspace.release();
    }
  }
}
