package eigengrad.bench.paper;

import eigengrad.grad.layers.ComponentCount;
import eigengrad.grad.paper.Precision;
import eigengrad.grad.paper.Retention;

/** Runs and results for tests. */
final class Runs {
  static final int STEPS = 10;
  static final Schedule SCHEDULE = new Schedule(STEPS, 8, 0.1);

  private Runs() {}

  static Route route(Method method) {
    return new Route(method, Grids.TERMS, Precision.FLOAT64);
  }

  static Layer zca(Method method, int groupSize) {
    return new Layer.Zca(route(method), groupSize, Retention.ABOVE_EPSILON);
  }

  static Layer pca(Method method) {
    return new Layer.Pca(route(method), ComponentCount.energy(Grids.ENERGY));
  }

  static RunSettings run(Method method, int groupSize, long seed) {
    return new RunSettings(zca(method, groupSize), seed, SCHEDULE);
  }

  static RunResult success(Method method, int groupSize, long seed, double errorPercent) {
    return success(run(method, groupSize, seed), errorPercent);
  }

  static RunResult success(RunSettings run, double errorPercent) {
    double[] losses = new double[run.steps()];
    for (int step = 0; step < losses.length; step++) {
      losses[step] = 2.0 / (step + 1);
    }
    return new RunResult(run, curve(run.steps(), losses), errorPercent, 9, null, 0.5);
  }

  /** A run that failed after the losses. */
  static RunResult failure(Method method, int groupSize, long seed, double... losses) {
    return failure(run(method, groupSize, seed), losses);
  }

  static RunResult failure(RunSettings run, double... losses) {
    LossCurve curve = curve(run.steps(), losses);
    return new RunResult(run, curve, Double.NaN, 9, "the loss was NaN", 0.5);
  }

  static LossCurve curve(int plannedSteps, double... losses) {
    LossCurve.Recorder recorder = new LossCurve.Recorder(plannedSteps);
    for (double loss : losses) {
      recorder.add(loss);
    }
    return recorder.curve();
  }
}
