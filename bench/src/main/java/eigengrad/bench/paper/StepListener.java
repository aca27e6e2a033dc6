package eigengrad.bench.paper;

/** Hears of every optimiser step of a run, on the run's thread. */
@FunctionalInterface
interface StepListener {

  /**
   * A step was taken, or failed.
   *
   * @param settings of the run
   * @param step 1 … steps
   * @param loss of its batch, before the step
   */
  void stepDone(RunSettings settings, int step, double loss);
}
