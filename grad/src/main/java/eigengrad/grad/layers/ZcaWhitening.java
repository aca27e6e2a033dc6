package eigengrad.grad.layers;

import eigengrad.grad.internal.support.ArrayText;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.grad.internal.layers.ChannelBlock;
import eigengrad.grad.internal.layers.WhitenedBatch;
import eigengrad.linalg.DenseMatrix;
import eigengrad.simd.Kernels;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * ZCA whitening as a network layer: decorrelates the channels of each group and gives them variance
 * 1, then scales and shifts every channel.
 *
 * <p>For the features X of one group, d channels by N samples, centred to X̂:
 *
 * <pre>M = X̂X̂ᵀ/N + εI,   W = M^(−1/2),   Y = weight ∘ (W X̂) + bias.</pre>
 *
 * <p>Training uses the batch's own mean and W and folds both into running averages; inference uses
 * those.
 *
 * <p>By default the gradient is that of M^(−1/2) as a function of the matrix: exact, and finite at
 * repeated eigenvalues. The paper's routes differentiate W = Σⱼ λⱼ^(−1/2) vⱼvⱼᵀ through its
 * eigenvectors instead; they are in {@code eigengrad.grad.paper} to reproduce and compare. The
 * hybrid one is biased where eigenvalues are close: a pair of ratio q contributes 1 − q^K of its
 * true share, none at a tie.
 *
 * <p>Not safe for use by several threads at once while training. Cost of a training step with C
 * channels: about 10·C·d·N flops and a decomposition of each group. Source: L. Huang et al.,
 * <i>Decorrelated Batch Normalization</i>, CVPR 2018; W. Wang et al., <i>Backpropagation-Friendly
 * Eigendecomposition</i>, NeurIPS 2019, section 3.1.
 */
public final class ZcaWhitening {
  private final Settings settings;
  private final InverseSquareRoot root;
  private final double[] weight;
  private final double[] bias;
  private DenseMatrix runningMean;
  private DenseMatrix[] runningWhitening;

  /**
   * The sizes and constants of a layer.
   *
   * @param channels C ≥ 1
   * @param groupSize d, channels whitened together; divides C
   * @param epsilon ε &gt; 0, added to every variance
   * @param momentum weight of the newest batch in the running averages, in (0, 1]
   */
  public record Settings(int channels, int groupSize, double epsilon, double momentum) {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException naming the one out of range
     */
    public Settings {
      if (channels < 1) {
        throw new IllegalArgumentException("channels must be ≥ 1, got " + channels);
      }
      if (groupSize < 1 || channels % groupSize != 0) {
        throw new IllegalArgumentException(
            "groupSize must divide the " + channels + " channels, got " + groupSize);
      }
      if (!(epsilon > 0 && epsilon <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("epsilon must be positive and finite, got " + epsilon);
      }
      if (!(momentum > 0 && momentum <= 1)) {
        throw new IllegalArgumentException("momentum must be in (0, 1], got " + momentum);
      }
    }

    /**
     * The authors' ε = 1e-4 and momentum 0.1.
     *
     * @param channels C ≥ 1
     * @param groupSize d, a divisor of C
     * @return the settings
     * @throws IllegalArgumentException if d does not divide C
     */
    public static Settings of(int channels, int groupSize) {
      return new Settings(channels, groupSize, 1e-4, 0.1);
    }
  }

  /**
   * A layer with the exact gradient, weight 1, bias 0, running mean 0 and running whitening I.
   *
   * @param settings sizes and constants
   */
  public ZcaWhitening(Settings settings) {
    this(settings, InverseSquareRoot.exact());
  }

  /**
   * A layer that whitens by a given root, such as the paper's through single eigenvectors.
   *
   * @param settings sizes and constants
   * @param root how M^(−1/2) is computed and differentiated
   */
  public ZcaWhitening(Settings settings, InverseSquareRoot root) {
    this.settings = settings;
    this.root = root;
    int channels = settings.channels();
    this.weight = new double[channels];
    Arrays.fill(weight, 1);
    this.bias = new double[channels];
    this.runningMean = DenseMatrix.wrap(channels, 1, new double[channels]);
    this.runningWhitening = new DenseMatrix[channels / settings.groupSize()];
    Arrays.fill(runningWhitening, DenseMatrix.identity(settings.groupSize()));
  }

  /**
   * The scale of each channel: the live parameter, for an optimiser to change.
   *
   * @return C elements
   */
  public double[] weight() {
    return weight;
  }

  /**
   * The shift of each channel: the live parameter, for an optimiser to change.
   *
   * @return C elements
   */
  public double[] bias() {
    return bias;
  }

  /**
   * Training mode: whitens a batch by its own statistics and updates the running averages; a call
   * that throws leaves them as they are.
   *
   * @param features X, C×N: one column per sample (for images, one per pixel), N ≥ 1
   * @return the pass
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite
   * @throws NonFiniteException if a covariance overflows, an eigenvalue that is kept is not
   *     positive, or Y is not finite
   * @throws ArithmeticException if an eigenvalue of a covariance exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted; the running averages are
   *     then those of before
   */
  public Pass forward(DenseMatrix features) {
    requireFeatures(features);
    WhitenedBatch batch = WhitenedBatch.of(features, settings, root);
    Pass pass = new Pass(batch, weight.clone(), affine(batch.whitened()));
    updateAverages(batch.mean(), batch.whitenings());
    return pass;
  }

  /** Updates all averages, or none if one is not finite. */
  private void updateAverages(double[] newMean, DenseMatrix[] newWhitening) {
    DenseMatrix mean = average(runningMean, DenseMatrix.wrap(newMean.length, 1, newMean));
    DenseMatrix[] whitening = new DenseMatrix[newWhitening.length];
    Arrays.setAll(whitening, g -> average(runningWhitening[g], newWhitening[g]));
    runningMean = mean;
    runningWhitening = whitening;
  }

  private DenseMatrix average(DenseMatrix old, DenseMatrix newest) {
    double momentum = settings.momentum();
    DenseMatrix average = old.times(1 - momentum).plusScaled(momentum, newest);
    return Cotangents.finiteResult("a running average", average.rows(), average.columnMajor());
  }

  /**
   * Inference mode: whitens by the running averages, sample by sample.
   *
   * @param features X, C×N, N ≥ 1
   * @return Y, C×N
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite
   * @throws NonFiniteException if Y is not finite, as when weight or bias is not
   */
  public DenseMatrix infer(DenseMatrix features) {
    requireFeatures(features);
    double[] centred = features.toArray();
    double[] mean = runningMean.columnMajor();
    int channels = settings.channels();
    for (int s = 0; s < features.columns(); s++) {
      Kernels.level1().axpy(channels, -1, mean, 0, centred, s * channels);
    }
    double[] whitened = new double[centred.length];
    for (ChannelBlock block :
        ChannelBlock.split(settings.groupSize(), channels, features.columns())) {
      block.transform(1, runningWhitening, centred, 0, whitened);
    }
    return affine(whitened);
  }

  private void requireFeatures(DenseMatrix features) {
    if (features.columns() == 0) {
      throw new IllegalArgumentException("features must have at least one column, got none");
    }
    Cotangents.require("features", settings.channels(), features.columns(), features);
  }

  private DenseMatrix affine(double[] whitened) {
    int channels = weight.length;
    double[] output = new double[whitened.length];
    for (int at = 0; at < output.length; at += channels) {
      for (int c = 0; c < channels; c++) {
        output[at + c] = weight[c] * whitened[at + c] + bias[c];
      }
    }
    return Cotangents.finiteResult("Y", channels, output);
  }

  /** One whitened batch, and the way back to its features: immutable. */
  public static final class Pass {
    private final WhitenedBatch batch;
    private final double[] weight;
    private final DenseMatrix output;

    private Pass(WhitenedBatch batch, double[] weight, DenseMatrix output) {
      this.batch = batch;
      this.weight = weight;
      this.output = output;
    }

    /**
     * The layer's output.
     *
     * @return Y, C×N
     */
    public DenseMatrix output() {
      return output;
    }

    /**
     * Carries a gradient back through the layer.
     *
     * @param outputGradient ∂L/∂Y, C×N
     * @return ∂L/∂X and the gradients of the parameters
     * @throws IllegalArgumentException if sizes do not match or ∂L/∂Y is not finite
     * @throws NonFiniteException if the gradient is not finite under the layer's method
     */
    public Gradient backward(DenseMatrix outputGradient) {
      int channels = weight.length;
      Cotangents.require("outputGradient", channels, output.columns(), outputGradient);
      double[] dy = outputGradient.columnMajor();
      double[] weightGradient = new double[channels];
      double[] biasGradient = new double[channels];
      double[] whitenedGradient = new double[dy.length];
      for (int at = 0; at < dy.length; at += channels) {
        for (int c = 0; c < channels; c++) {
          biasGradient[c] += dy[at + c];
          weightGradient[c] += dy[at + c] * batch.whitened()[at + c];
          whitenedGradient[at + c] = dy[at + c] * weight[c];
        }
      }
      return new Gradient(
          batch.backward(
              Cotangents.finiteResult("∂L/∂Z", channels, whitenedGradient).columnMajor()),
          Cotangents.finiteResult("∂L/∂weight", channels, weightGradient).columnMajor(),
          Cotangents.finiteResult("∂L/∂bias", channels, biasGradient).columnMajor());
    }
  }

  /**
   * The gradients of a training step.
   *
   * @param input ∂L/∂X, C×N; every row sums to 0
   * @param weight ∂L/∂weight, C
   * @param bias ∂L/∂bias, C
   */
  public record Gradient(DenseMatrix input, double[] weight, double[] bias) {

    /** Compares all numbers bit by bit: 0 and −0 differ, NaN equals NaN. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Gradient that
          && input.equals(that.input)
          && Arrays.equals(weight, that.weight)
          && Arrays.equals(bias, that.bias);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * input.hashCode() + Arrays.hashCode(weight)) + Arrays.hashCode(bias);
    }

    /** Every component; of a long array only its length. */
    @Override
    public String toString() {
      return "Gradient[input=%s, weight=%s, bias=%s]"
          .formatted(input, ArrayText.of(weight), ArrayText.of(bias));
    }
  }
}
