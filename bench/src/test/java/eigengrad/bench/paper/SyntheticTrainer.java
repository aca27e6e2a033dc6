package eigengrad.bench.paper;

import java.util.Random;

/**
 * Stands in for a network: losses that fall, and failures about as often as in the paper. The same
 * settings give the same result.
 */
final class SyntheticTrainer implements Trainer {
  /** How many it says it has. */
  static final int IMAGES = 100;

  private final long millisPerStep;

  SyntheticTrainer(long millisPerStep) {
    this.millisPerStep = millisPerStep;
  }

  @Override
  public RunResult train(RunSettings run, Runnable afterStep) throws InterruptedException {
    Random random = new Random(seedOf(run));
    boolean fails =
        random.nextDouble()
            >= PublishedTable1.figures(run.method(), run.groupSize()).successPercent() / 100;
    int last = fails ? 1 + random.nextInt(run.steps()) : run.steps();
    double[] losses = new double[last];
    for (int step = 0; step < last; step++) {
      double progress = (double) step / run.steps();
      losses[step] = 2.3 * Math.exp(-4 * progress) * Math.exp(0.25 * random.nextGaussian()) + 0.02;
      pause();
      afterStep.run();
    }
    if (fails) {
      boolean lossFails = random.nextBoolean();
      losses[last - 1] = lossFails ? Double.NaN : losses[last - 1];
      String what = lossFails ? "the loss was NaN" : "the whitening gradient was infinite";
      return new RunResult(run, losses, Double.NaN, 9, what, last * 1e-3);
    }
    double error = 20 + 3 * random.nextGaussian();
    return new RunResult(run, losses, error, 9, null, last * 1e-3);
  }

  private static long seedOf(RunSettings run) {
    long mixed = 31 * run.seed() + run.groupSize();
    return (31 * mixed + run.method().label().length()) * 0x9E3779B97F4A7C15L;
  }

  private void pause() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Thread.sleep(millisPerStep);
  }
}
