package eigengrad.bench.paper;

import java.io.IOException;

/** Whatever trains a network once. Called by several threads at a time. */
@FunctionalInterface
interface Trainer {

  /**
   * Trains one network, from scratch or from where the run was stopped. A loss or gradient that is
   * not finite ends the run and is a result; an exception is not.
   *
   * @param settings the run
   * @param checkpoints to go on from and to leave behind in a long run
   * @param afterStep called once after every optimiser step, on the run's thread
   * @return what came of it
   * @throws InterruptedException soon after the thread is interrupted
   * @throws IOException if a checkpoint cannot be used or written
   */
  RunResult train(RunSettings settings, Checkpoints checkpoints, Runnable afterStep)
      throws InterruptedException, IOException;
}
