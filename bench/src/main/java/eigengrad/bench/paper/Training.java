package eigengrad.bench.paper;

import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trains and tests one network.
 *
 * <p>The learning rate of step t of T, counted from 0, is the setting's times (1 + cos(πt/T))/2: a
 * run this short would end on a noisy loss at a constant rate. Source: I. Loshchilov and F. Hutter,
 * <i>SGDR</i>, ICLR 2017, equation 5, without restarts.
 *
 * <p>A run fails, as the paper counts it, at the first loss or parameter gradient that is NaN or
 * infinite, or when the normalisation reports such a number. Equal settings give equal bits.
 */
final class Training {
  private final ImageSets data;
  private final Normalization.Factory factory;
  private final Kernels kernels = Kernels.active();

  /**
   * @param data to train and test on; shared between threads
   * @param factory of the normalisation layer
   */
  Training(ImageSets data, Normalization.Factory factory) {
    this.data = data;
    this.factory = factory;
  }

  /**
   * One run.
   *
   * <p>When the thread is interrupted, the run ends after the current step with a failure that says
   * so, and the thread stays interrupted.
   */
  RunResult run(RunSettings settings, StepListener listener) {
    long start = System.nanoTime();
    SplittableRandom random = new SplittableRandom(settings.seed());
    SmallNetwork network =
        new SmallNetwork(factory.create(SmallNetwork.CHANNELS, settings), random.split());
    ShuffledBatches batches =
        new ShuffledBatches(data.training(), settings.batch(), random.split());
    SgdMomentum optimiser = new SgdMomentum(network.parameters());
    double[] losses = new double[settings.steps()];
    int taken = 0;
    double largestGradient = 0;
    String failure = null;
    while (failure == null && taken < settings.steps()) {
      if (Thread.currentThread().isInterrupted()) {
        failure = "interrupted after step " + taken;
      } else {
        double rate = learningRate(settings, taken);
        Step step = takeStep(network, batches.next(), optimiser, rate);
        losses[taken] = step.loss;
        largestGradient = Math.max(largestGradient, step.largestGradient);
        taken++;
        listener.stepDone(settings, taken, step.loss);
        if (step.failure != null) {
          failure = "step %d: %s".formatted(taken, step.failure);
        }
      }
    }
    double error = Double.NaN;
    if (failure == null) {
      try {
        error = testError(network, settings.batch());
      } catch (NotFiniteException e) {
        failure = "test: " + e.getMessage();
      }
    }
    if (failure == null && Thread.currentThread().isInterrupted()) {
      failure = "interrupted during the test";
      error = Double.NaN;
    }
    double seconds = 1e-9 * (System.nanoTime() - start);
    return new RunResult(
        settings, Arrays.copyOf(losses, taken), error, largestGradient, failure, seconds);
  }

  private static double learningRate(RunSettings settings, int step) {
    return settings.learningRate() * 0.5 * (1 + Math.cos(Math.PI * step / settings.steps()));
  }

  private Step takeStep(
      SmallNetwork network, ImageSet.Batch batch, SgdMomentum optimiser, double rate) {
    double loss = Double.NaN;
    double largestGradient = 0;
    try {
      SmallNetwork.Pass pass = network.forward(batch);
      loss = pass.loss();
      if (!Double.isFinite(loss)) {
        throw new NotFiniteException("loss is " + loss);
      }
      List<double[]> gradients = pass.backward();
      for (int p = 0; p < gradients.size(); p++) {
        double largest = kernels.maxAbs(gradients.get(p).length, gradients.get(p), 0);
        if (!Double.isFinite(largest)) {
          String name = network.parameters().get(p).name();
          throw new NotFiniteException("gradient of %s is %s".formatted(name, largest));
        }
        largestGradient = Math.max(largestGradient, largest);
      }
      optimiser.step(gradients, rate);
      return new Step(loss, largestGradient, null);
    } catch (NotFiniteException e) {
      return new Step(loss, largestGradient, e.getMessage());
    }
  }

  /** The share of test images, in per cent, whose largest logit isn't their label's. */
  private double testError(SmallNetwork network, int batchSize) {
    ImageSet test = data.test();
    Buffer buffer = new Buffer();
    int errors = 0;
    int end = 0;
    while (end < test.count() && !Thread.currentThread().isInterrupted()) {
      int first = end;
      end = Math.min(first + batchSize, test.count());
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

  /** Whether a label's logit exceeds all others; no NaN does or is exceeded. */
  private static boolean isLargest(double[] logits, int offset, int label) {
    for (int j = 0; j < ImageSet.CLASSES; j++) {
      if (j != label && !(logits[offset + label] > logits[offset + j])) {
        return false;
      }
    }
    return true;
  }

  /**
   * What came of one step.
   *
   * @param loss of the batch; NaN if it was not reached
   * @param largestGradient largest finite magnitude in a parameter's gradient
   * @param failure what was not finite, or null
   */
  private record Step(double loss, double largestGradient, @Nullable String failure) {}
}
