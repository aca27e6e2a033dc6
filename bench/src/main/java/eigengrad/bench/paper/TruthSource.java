package eigengrad.bench.paper;

import eigengrad.bench.truth.AlongTraining;
import java.util.List;

/** Trains a network and asks along the way how wrong each gradient would be. */
@FunctionalInterface
interface TruthSource {

  /**
   * Trains once per group size.
   *
   * @param groupSizes of the runs
   * @param seed of each run
   * @param schedule of each run
   * @param afterStep called after every step; what it interrupts stops before the next
   * @return what was found
   * @throws InterruptedException if the thread is interrupted
   */
  AlongTraining along(List<Integer> groupSizes, long seed, Schedule schedule, Runnable afterStep)
      throws InterruptedException;
}
