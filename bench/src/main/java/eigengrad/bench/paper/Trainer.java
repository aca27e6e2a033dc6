package eigengrad.bench.paper;

/** Whatever trains a network once. Called by several threads at a time. */
@FunctionalInterface
interface Trainer {

  /**
   * Trains one network from scratch. A loss or gradient that is not finite ends the run and is a
   * result; an exception is not.
   *
   * @param settings the run
   * @param afterStep called once after every optimiser step, on the run's thread
   * @return what came of it
   * @throws InterruptedException soon after the thread is interrupted
   */
  RunResult train(RunSettings settings, Runnable afterStep) throws InterruptedException;
}
