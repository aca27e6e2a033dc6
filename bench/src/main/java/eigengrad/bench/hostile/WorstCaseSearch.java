package eigengrad.bench.hostile;

import eigengrad.linalg.EigenWorkspace;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Looks for slow matrices: at random, and then near the slowest found. Times are those of the
 * processor, the least of a few, so that other programs hardly matter.
 */
public final class WorstCaseSearch {
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int REPETITIONS = 3;

  /** Of the matrix that is compared with, and of what seems to be the slowest. */
  private static final int MANY_REPETITIONS = 30;

  private final EigenWorkspace workspace = new EigenWorkspace();
  private final int n;
  private final int trials;
  private final long seed;
  private final long warmUpNanos;

  /**
   * A search that tries the same matrices each time, up to those that depend on what was slow.
   *
   * @param n order of the matrices
   * @param trials for each operation and kind of block
   * @param seed of the recipes
   * @param warmUpMillis of each operation on each kind of matrix
   */
  public WorstCaseSearch(int n, int trials, long seed, int warmUpMillis) {
    this.n = n;
    this.trials = trials;
    this.seed = seed;
    this.warmUpNanos = 1_000_000L * warmUpMillis;
  }

  /**
   * What was found.
   *
   * @param matrix kind of blocks
   * @param operation for which the matrix is slow
   * @param glue how the blocks are put together, as it stands in {@link WorstCases}
   * @param nanos that it takes
   * @param ratio to the time of a random matrix
   */
  public record Found(
      HostileMatrix matrix, HostileOperation operation, String glue, double nanos, double ratio) {}

  /**
   * Searches.
   *
   * @return the slowest matrix of each kind for each operation
   */
  public List<Found> run() {
    List<Found> found = new ArrayList<>();
    for (HostileOperation operation : HostileOperation.values()) {
      for (HostileMatrix matrix : HostileMatrix.values()) {
        warmUp(operation.of(matrix.of(Glue.NONE, n), workspace));
      }
      double random = nanos(operation, HostileMatrix.RANDOM, Glue.NONE, MANY_REPETITIONS);
      for (HostileMatrix matrix : HostileMatrix.values()) {
        if (matrix != HostileMatrix.RANDOM) {
          Glue glue = worst(operation, matrix);
          double nanos = nanos(operation, matrix, glue, MANY_REPETITIONS);
          found.add(new Found(matrix, operation, glue.toString(), nanos, nanos / random));
        }
      }
    }
    return found;
  }

  private Glue worst(HostileOperation operation, HostileMatrix matrix) {
    SplittableRandom random = new SplittableRandom(seed);
    Glue worst = Glue.NONE;
    double most = 0;
    for (int trial = 0; trial < trials; trial++) {
      Glue tried = 2 * trial < trials ? Glue.anywhere(n, random) : worst.nearby(random);
      if (nanos(operation, matrix, tried, REPETITIONS) > most) {
        double confirmed = nanos(operation, matrix, tried, MANY_REPETITIONS);
        if (confirmed > most) {
          most = confirmed;
          worst = tried;
        }
      }
    }
    return worst;
  }

  private void warmUp(HostileOperation.Call call) {
    long end = System.nanoTime() + warmUpNanos;
    while (System.nanoTime() < end) {
      call.run();
    }
  }

  private double nanos(
      HostileOperation operation, HostileMatrix matrix, Glue glue, int repetitions) {
    HostileOperation.Call call = operation.of(matrix.of(glue, n), workspace);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < repetitions; i++) {
      long begun = CLOCK.getCurrentThreadCpuTime();
      call.run();
      least = Math.min(least, CLOCK.getCurrentThreadCpuTime() - begun);
    }
    return least;
  }
}
