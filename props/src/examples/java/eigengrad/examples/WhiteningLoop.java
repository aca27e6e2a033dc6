package eigengrad.examples;

import eigengrad.grad.layers.LayerGradient;
import eigengrad.grad.layers.LayerPass;
import eigengrad.grad.layers.WhiteningSettings;
import eigengrad.grad.layers.ZcaWhitening;
import eigengrad.linalg.DenseMatrix;
import java.util.SplittableRandom;

/** Trains a linear classifier on whitened features by gradient descent. */
public final class WhiteningLoop {
  private static final int CHANNELS = 8;
  private static final int SAMPLES = 256;
  private static final double LEARNING_RATE = 0.5;

  private WhiteningLoop() {}

  /**
   * Prints the loss as it falls.
   *
   * @param args none
   */
  public static void main(String[] args) {
    SplittableRandom random = new SplittableRandom(1);
    ZcaWhitening layer = new ZcaWhitening(WhiteningSettings.of(CHANNELS, CHANNELS));
    double[] classifier = new double[CHANNELS];
    for (int step = 0; step <= 100; step++) {
      DenseMatrix features = features(random);
      LayerPass pass = layer.forward(features);
      DenseMatrix whitened = pass.output();

      double loss = 0;
      double[] classifierGradient = new double[CHANNELS];
      double[] whitenedGradient = new double[CHANNELS * SAMPLES];
      for (int s = 0; s < SAMPLES; s++) {
        double label = features.get(0, s) > features.get(1, s) ? 1 : -1;
        double logit = 0;
        for (int c = 0; c < CHANNELS; c++) {
          logit += classifier[c] * whitened.get(c, s);
        }
        loss += Math.log1p(Math.exp(-label * logit)) / SAMPLES;
        double slope = -label / (1 + Math.exp(label * logit)) / SAMPLES;
        for (int c = 0; c < CHANNELS; c++) {
          classifierGradient[c] += slope * whitened.get(c, s);
          whitenedGradient[c + s * CHANNELS] = slope * classifier[c];
        }
      }
      LayerGradient gradient =
          pass.backward(DenseMatrix.wrap(CHANNELS, SAMPLES, whitenedGradient));
      // gradient.input() is what the layers below would go on with.
      descend(classifier, classifierGradient);
      descend(layer.weight(), gradient.weight());
      descend(layer.bias(), gradient.bias());
      if (step % 20 == 0) {
        System.out.printf("step %d: loss %.4f%n", step, loss);
      }
    }
  }

  private static void descend(double[] parameter, double[] gradient) {
    for (int i = 0; i < parameter.length; i++) {
      parameter[i] -= LEARNING_RATE * gradient[i];
    }
  }

  /** Strongly correlated: each channel has much of the one before it. */
  private static DenseMatrix features(SplittableRandom random) {
    double[] x = new double[CHANNELS * SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      double previous = 0;
      for (int c = 0; c < CHANNELS; c++) {
        previous = 0.9 * previous + 0.2 * random.nextGaussian();
        x[c + s * CHANNELS] = previous;
      }
    }
    return DenseMatrix.wrap(CHANNELS, SAMPLES, x);
  }
}
