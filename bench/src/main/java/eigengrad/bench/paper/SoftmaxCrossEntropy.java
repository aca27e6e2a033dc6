package eigengrad.bench.paper;

/**
 * The mean cross-entropy between labels and softmax probabilities.
 *
 * <p>For one image with logits z and label t, pⱼ = exp(zⱼ)/Σₖ exp(zₖ) and
 *
 * <pre>  L = −ln p_t = ln Σₖ exp(zₖ) − z_t,   ∂L/∂zⱼ = pⱼ − [j = t];</pre>
 *
 * <p>a batch divides both by its number of images. The largest logit is subtracted from all before
 * exponentiation: nothing overflows, and the sum is at least 1.
 */
final class SoftmaxCrossEntropy {
  private SoftmaxCrossEntropy() {}

  /**
   * Loss and gradient of a batch.
   *
   * @param logits classes × images
   * @param labels one class per image
   */
  static Pass forward(Features logits, int[] labels) {
    int classes = logits.channels();
    int images = logits.samples();
    if (labels.length != images) {
      throw new IllegalArgumentException(
          "labels: expected %d, got %d".formatted(images, labels.length));
    }
    double[] z = logits.values();
    double[] gradient = new double[z.length];
    double sumOfLosses = 0;
    for (int image = 0; image < images; image++) {
      int at = image * classes;
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < classes; j++) {
        largest = Math.max(largest, z[at + j]);
      }
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        gradient[at + j] = Math.exp(z[at + j] - largest);
        sum += gradient[at + j];
      }
      for (int j = 0; j < classes; j++) {
        gradient[at + j] /= sum * images;
      }
      gradient[at + labels[image]] -= 1.0 / images;
      sumOfLosses += Math.log(sum) - (z[at + labels[image]] - largest);
    }
    return new Pass(sumOfLosses / images, gradient);
  }

  /**
   * One forward computation.
   *
   * @param loss the mean over the batch
   * @param backward the gradient of the logits
   */
  record Pass(double loss, double[] backward) {}
}
