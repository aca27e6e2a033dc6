package eigengrad.bench.paper;

import eigengrad.bench.truth.AlongTraining;
import java.util.List;
import java.util.Random;

/**
 * Stands in for a network: losses that fall, and failures about as often as in the paper's Table 1.
 * The same settings give the same result.
 */
final class SyntheticTrainer implements Trainer {
  /** How many it says it has. */
  static final int IMAGES = 100;

  private final long millisPerStep;

  /** A trainer with its data, for {@link PaperExperiments}. */
  static LoadedTrainer loaded(Trainer trainer) {
    return new LoadedTrainer(
        trainer,
        (dims, seed, schedule, afterStep) -> new AlongTraining(List.of()),
        IMAGES,
        "images-0");
  }

  SyntheticTrainer(long millisPerStep) {
    this.millisPerStep = millisPerStep;
  }

  @Override
  public RunResult train(RunSettings run, Checkpoints checkpoints, Runnable afterStep)
      throws InterruptedException {
    Random random = new Random(seedOf(run));
    boolean fails = random.nextDouble() >= chance(run.layer());
    int last = fails ? 1 + random.nextInt(run.steps()) : run.steps();
    LossCurve.Recorder losses = new LossCurve.Recorder(run.steps());
    for (int step = 0; step < last; step++) {
      double progress = (double) step / run.steps();
      losses.add(2.3 * Math.exp(-4 * progress) * Math.exp(0.25 * random.nextGaussian()) + 0.02);
      pause();
      afterStep.run();
    }
    if (fails) {
      String what = random.nextBoolean() ? "loss is NaN" : "whitening: ∂L/∂M is not finite";
      String failure = "step %d: %s".formatted(last, what);
      return new RunResult(run, losses.curve(), Double.NaN, 9, failure, last * 1e-3);
    }
    double error = 20 + 3 * random.nextGaussian();
    return new RunResult(run, losses.curve(), error, 9, null, last * 1e-3);
  }

  private static double chance(Layer layer) {
    if (layer instanceof Layer.Zca zca) {
      double success =
          PublishedTable1.figures(zca.route().method(), zca.groupSize()).successPercent();
      return Double.isNaN(success) ? 1 : success / 100;
    }
    return 1;
  }

  private static long seedOf(RunSettings run) {
    return run.word().hashCode() * 0x9E3779B97F4A7C15L;
  }

  private void pause() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Thread.sleep(millisPerStep);
  }
}
