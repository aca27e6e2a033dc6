package eigengrad.bench.paper;

import eigengrad.simd.Kernels;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains and tests one network per call.
 *
 * <p>The learning rate of step t of T, counted from 0, is the setting's times (1 + cos(πt/T))/2: a
 * run this short would end on a noisy loss at a constant rate. Source: I. Loshchilov and F. Hutter,
 * <i>SGDR</i>, ICLR 2017, equation 5, without restarts.
 *
 * <p>A run fails, as the paper counts it, at the first loss or parameter gradient that is NaN or
 * infinite, or when the normalisation reports such a number. Equal settings give equal bits.
 */
final class Training implements Trainer {
  private final ImageSets data;
  private final Normalization.Factory factory;

  /**
   * @param data to train and test on; shared between threads
   * @param factory of the normalisation layer
   */
  Training(ImageSets data, Normalization.Factory factory) {
    this.data = data;
    this.factory = factory;
  }

  @Override
  public RunResult train(RunSettings settings, Runnable afterStep) throws InterruptedException {
    long start = System.nanoTime();
    Run run = new Run(settings);
    double error = Double.NaN;
    String failure = null;
    String phase = "";
    try {
      for (int step = 1; step <= settings.steps(); step++) {
        phase = "step " + step;
        run.takeStep();
        afterStep.run();
      }
      phase = "test";
      error = run.testError();
    } catch (NotFiniteException e) {
      failure = phase + ": " + e.getMessage();
    }
    double seconds = 1e-9 * (System.nanoTime() - start);
    return new RunResult(
        settings, run.losses.curve(), error, run.largestGradient, failure, seconds);
  }

  /** A network on its way through the steps. */
  private final class Run {
    private final RunSettings settings;
    private final SmallNetwork network;
    private final ShuffledBatches batches;
    private final SgdMomentum optimiser;
    private final LossCurve.Recorder losses;
    private int begun;
    private double largestGradient;

    Run(RunSettings settings) {
      SplittableRandom random = new SplittableRandom(settings.seed());
      this.settings = settings;
      this.network =
          new SmallNetwork(factory.create(SmallNetwork.CHANNELS, settings), random.split());
      this.batches =
          new ShuffledBatches(data.training(), settings.schedule().batch(), random.split());
      this.optimiser = new SgdMomentum(network.parameters());
      this.losses = new LossCurve.Recorder(settings.steps());
    }

    void takeStep() throws InterruptedException {
      stopIfInterrupted();
      int step = begun++;
      SmallNetwork.Pass pass = network.forward(batches.next());
      if (!Double.isFinite(pass.loss())) {
        throw new NotFiniteException("loss is " + pass.loss());
      }
      losses.add(pass.loss());
      List<double[]> gradients = pass.backward();
      for (int p = 0; p < gradients.size(); p++) {
        noteGradient(network.parameters().get(p).name(), gradients.get(p));
      }
      double cosine = Math.cos(Math.PI * step / settings.steps());
      optimiser.step(gradients, settings.schedule().learningRate() * 0.5 * (1 + cosine));
    }

    private void noteGradient(String name, double[] gradient) {
      double largest = Kernels.level1().maxAbs(gradient.length, gradient, 0);
      if (!Double.isFinite(largest)) {
        throw new NotFiniteException("gradient of %s is %s".formatted(name, largest));
      }
      largestGradient = Math.max(largestGradient, largest);
    }

    /** The share of test images, in per cent, whose largest logit isn't their label's. */
    double testError() throws InterruptedException {
      ImageSet test = data.test();
      Buffer buffer = new Buffer();
      int errors = 0;
      int end = 0;
      while (end < test.count()) {
        stopIfInterrupted();
        int first = end;
        end = Math.min(first + settings.schedule().batch(), test.count());
        ImageSet.Batch batch = test.batch(first, end, buffer);
        double[] logits = network.infer(batch.images()).values();
        for (int image = 0; image < batch.labels().length; image++) {
          if (!isLargest(logits, image * ImageSet.CLASSES, batch.labels()[image])) {
            errors++;
          }
        }
      }
      return 100.0 * errors / test.count();
    }
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Whether a label's logit exceeds all others; no NaN does or is exceeded. */
  private static boolean isLargest(double[] logits, int offset, int label) {
    for (int j = 0; j < ImageSet.CLASSES; j++) {
      if (j != label && !(logits[offset + label] > logits[offset + j])) {
        return false;
      }
    }
    return true;
  }
}
