package eigengrad.bench.paper;

import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;

/** Runs and results for tests. */
final class Runs {
  static final int STEPS = 10;

  private Runs() {}

  static RunSettings run(Method method, int groupSize, long seed) {
    return new RunSettings(
        method, groupSize, seed, STEPS, 8, 0.1, Precision.FLOAT64, Retention.ENERGY);
  }

  static RunResult success(Method method, int groupSize, long seed, double errorPercent) {
    double[] losses = new double[STEPS];
    for (int step = 0; step < STEPS; step++) {
      losses[step] = 2.0 / (step + 1);
    }
    return new RunResult(run(method, groupSize, seed), losses, errorPercent, 9, null, 0.5);
  }

  static RunResult failure(Method method, int groupSize, long seed, double... losses) {
    RunSettings run = run(method, groupSize, seed);
    return new RunResult(run, losses, Double.NaN, 9, "the loss was NaN", 0.5);
  }
}
