package eigengrad.bench.peers.contestant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a job until the JIT compiler has nothing left to gain: its time is steady. */
final class WarmUp {
  private static final long BLOCK_NANOS = 100_000_000;
  private static final int STEADY_BLOCKS = 5;
  private static final double STEADY_SPREAD = 1.05;

  private WarmUp() {}

  /**
   * Runs blocks of a tenth of a second, or of one call where that takes longer, until {@link
   * #isSteady} or out of time. The first block is always run.
   *
   * @param seconds to stop after
   * @return nanoseconds of the fastest call in the last blocks
   */
  static double run(Job job, double seconds) {
    long start = System.nanoTime();
    List<Double> blocks = new ArrayList<>();
    do {
      blocks.add(block(job));
    } while (!isSteady(blocks) && System.nanoTime() - start < seconds * 1e9);
    return Collections.min(last(blocks));
  }

  /** Whether the fastest calls of the last five blocks differ by at most 5 %. */
  static boolean isSteady(List<Double> blocks) {
    List<Double> last = last(blocks);
    return last.size() == STEADY_BLOCKS
        && Collections.max(last) <= STEADY_SPREAD * Collections.min(last);
  }

  private static List<Double> last(List<Double> blocks) {
    return blocks.subList(Math.max(0, blocks.size() - STEADY_BLOCKS), blocks.size());
  }

  /** The fastest call, which other work on the machine disturbs least. */
  private static double block(Job job) {
    long start = System.nanoTime();
    long calls = 1;
    double fastest = Double.POSITIVE_INFINITY;
    do {
      fastest = Math.min(fastest, Stopwatch.time(job, calls).fastest());
      calls *= 2;
    } while (System.nanoTime() - start < BLOCK_NANOS);
    return fastest;
  }
}
