package eigengrad.bench.paper;

import eigengrad.simd.Kernels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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
 * infinite, or when the normalisation reports such a number. Equal settings give equal bits, also
 * where a run was stopped and goes on from a checkpoint, which it leaves every few minutes.
 */
final class Training implements Trainer {
  private final ImageSets data;
  private final Normalization.Factory factory;
  private final Duration betweenCheckpoints;

  /**
   * @param data to train and test on; shared between threads
   * @param factory of the normalisation layer
   */
  Training(ImageSets data, Normalization.Factory factory) {
    this(data, factory, Duration.ofMinutes(3));
  }

  /**
   * @param data to train and test on; shared between threads
   * @param factory of the normalisation layer
   * @param betweenCheckpoints how much of a run may be lost
   */
  Training(ImageSets data, Normalization.Factory factory, Duration betweenCheckpoints) {
    this.data = data;
    this.factory = factory;
    this.betweenCheckpoints = betweenCheckpoints;
  }

  /** Trains a network in one go. */
  RunResult train(RunSettings settings, Runnable afterStep) throws InterruptedException {
    try {
      return train(settings, Checkpoints.none(), afterStep);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public RunResult train(RunSettings settings, Checkpoints checkpoints, Runnable afterStep)
      throws InterruptedException, IOException {
    Run run = new Run(settings, settings.isResumable() ? checkpoints : Checkpoints.none());
    run.goOn();
    double error = Double.NaN;
    String failure = null;
    String phase = "";
    try {
      while (run.begun < settings.steps()) {
        phase = "step " + (run.begun + 1);
        run.takeStep();
        run.leaveCheckpoint();
        afterStep.run();
      }
      phase = "test";
      error = run.testError();
    } catch (NotFiniteException e) {
      failure = phase + ": " + e.getMessage();
    }
    return new RunResult(
        settings, run.losses.curve(), error, run.largestGradient, failure, run.seconds());
  }

  /** A network on its way through the steps. */
  private final class Run {
    private final RunSettings settings;
    private final Checkpoints checkpoints;
    private final long start = System.nanoTime();
    private final SmallNetwork network;
    private final ShuffledBatches batches;
    private final SgdMomentum optimiser;
    private final LossCurve.Recorder losses;
    private int begun;
    private double largestGradient;
    private double secondsBefore;
    private long lastCheckpoint = start;

    Run(RunSettings settings, Checkpoints checkpoints) {
      SplittableRandom random = new SplittableRandom(settings.seed());
      this.settings = settings;
      this.checkpoints = checkpoints;
      this.network =
          new SmallNetwork(factory.create(SmallNetwork.CHANNELS, settings), random.split());
      this.batches =
          new ShuffledBatches(data.training(), settings.schedule().batch(), random.split());
      this.optimiser = new SgdMomentum(network.parameters());
      this.losses = new LossCurve.Recorder(settings.steps());
    }

    /** Wall time, that before a stop included. */
    double seconds() {
      return secondsBefore + 1e-9 * (System.nanoTime() - start);
    }

    /** Restores the last checkpoint, if there is one. */
    void goOn() throws IOException {
      byte[] state = checkpoints.read();
      if (state != null) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
        begun = in.readInt();
        largestGradient = in.readDouble();
        secondsBefore = in.readDouble();
        losses.restore(in);
        optimiser.restore(in);
        network.restore(in);
        batches.skip(begun);
      }
    }

    /** Writes a checkpoint, if the last one is old enough. */
    void leaveCheckpoint() throws IOException {
      if (System.nanoTime() - lastCheckpoint < betweenCheckpoints.toNanos()) {
        return;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(begun);
      out.writeDouble(largestGradient);
      out.writeDouble(seconds());
      losses.save(out);
      optimiser.save(out);
      network.save(out);
      checkpoints.write(bytes.toByteArray());
      lastCheckpoint = System.nanoTime();
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
