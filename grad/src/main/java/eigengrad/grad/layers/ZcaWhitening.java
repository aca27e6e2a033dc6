package eigengrad.grad.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.layers.ChannelAffine;
import eigengrad.grad.internal.layers.LayerState;
import eigengrad.grad.internal.layers.RunningWhitening;
import eigengrad.grad.internal.layers.WhitenedBatch;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * ZCA whitening as a network layer: decorrelates the channels of each group and gives them variance
 * 1, then scales and shifts every channel.
 *
 * <p>For the features X of one group, d channels by N samples, centred to X̂:
 *
 * <pre>M = X̂X̂ᵀ/N + εI,   W = M^(−1/2),   Y = weight ∘ (W X̂) + bias.</pre>
 *
 * <p>Fewer samples than channels and channels that are constant are fine: ε keeps M positive
 * definite, and what does not vary comes out as 0.
 *
 * <table>
 * <caption>What is whitened by what</caption>
 * <tr><th>call</th><th>whitens by</th><th>running averages</th><th>gradient</th></tr>
 * <tr><td>{@link #forward}</td><td>the batch</td><td>take it in</td><td>yes</td></tr>
 * <tr><td>{@link #forwardWithoutUpdate}</td><td>the batch</td><td>stay</td><td>yes</td></tr>
 * <tr><td>{@link #forwardFrozen}</td><td>the averages</td><td>stay</td><td>yes</td></tr>
 * <tr><td>{@link #infer}</td><td>the averages</td><td>stay</td><td>no</td></tr>
 * </table>
 *
 * <p>By default the gradient is that of M^(−1/2) as a function of the matrix: exact, and finite at
 * repeated eigenvalues. {@link InverseSquareRoot#newtonSchulz} needs no decomposition. The paper's
 * routes differentiate W = Σⱼ λⱼ^(−1/2) vⱼvⱼᵀ through its eigenvectors instead; they are in {@code
 * eigengrad.grad.paper} to reproduce and compare. The hybrid one is biased where eigenvalues are
 * close: a pair of ratio q contributes 1 − q^K of its true share, none at a tie.
 *
 * <p>Not safe for use by several threads at once while training; {@link #forwardFrozen} and {@link
 * #infer} alone are. Cost of a training step with C channels: about 10·C·d·N flops and a
 * decomposition of each group. Source: L. Huang et al., <i>Decorrelated Batch Normalization</i>,
 * CVPR 2018; W. Wang et al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019,
 * section 3.1.
 */
public final class ZcaWhitening {
  private final WhiteningSettings settings;
  private final InverseSquareRoot root;
  private final ChannelAffine affine;
  private final RunningWhitening running;

  /**
   * A layer with the exact gradient, weight 1, bias 0 and running averages of nothing yet: mean 0,
   * covariance I.
   *
   * @param settings sizes and constants
   */
  public ZcaWhitening(WhiteningSettings settings) {
    this(settings, InverseSquareRoot.exact());
  }

  /**
   * A layer that whitens by a given root, such as the paper's through single eigenvectors.
   *
   * @param settings sizes and constants
   * @param root how M^(−1/2) is computed and differentiated
   */
  public ZcaWhitening(WhiteningSettings settings, InverseSquareRoot root) {
    this.settings = settings;
    this.root = root;
    this.affine = ChannelAffine.identity(settings.channels(), settings.weight(), settings.bias());
    this.running = new RunningWhitening(settings, root);
  }

  /**
   * What the layer was made with.
   *
   * @return sizes and constants
   */
  public WhiteningSettings settings() {
    return settings;
  }

  /**
   * The scale of each channel: the live parameter, for an optimiser to change.
   *
   * @return C elements; none if the layer has no weight
   */
  public double[] weight() {
    return affine.weight();
  }

  /**
   * The shift of each channel: the live parameter, for an optimiser to change.
   *
   * @return C elements; none if the layer has no bias
   */
  public double[] bias() {
    return affine.bias();
  }

  /**
   * Training mode: whitens a batch by its own statistics and updates the running averages; a call
   * that throws leaves them as they are.
   *
   * @param features X, C×N: one column per sample (for images, one per pixel), N ≥ 1
   * @return the pass
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite;
   *     or if N = 1 and covariances are divided by N − 1
   * @throws NonFiniteException if a covariance overflows, an eigenvalue that is kept is not
   *     positive, or Y is not finite
   * @throws ArithmeticException if an eigenvalue of a covariance exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted; the running averages are
   *     then those of before
   */
  public LayerPass forward(DenseMatrix features) {
    WhitenedBatch batch = whitened(features);
    LayerPass pass = pass(batch);
    running.update(batch);
    return pass;
  }

  /**
   * Whitens a batch by its own statistics as {@link #forward} does, and leaves the running averages
   * alone: for a second look at the same batch, or a line search.
   *
   * @param features X, C×N, N ≥ 1
   * @return the pass
   * @throws IllegalArgumentException as {@link #forward} does
   * @throws NonFiniteException as {@link #forward} does
   * @throws ArithmeticException if an eigenvalue of a covariance exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted
   */
  public LayerPass forwardWithoutUpdate(DenseMatrix features) {
    return pass(whitened(features));
  }

  private WhitenedBatch whitened(DenseMatrix features) {
    requireSize(features);
    return WhitenedBatch.of(features, settings, root);
  }

  private LayerPass pass(WhitenedBatch batch) {
    return new LayerPass(batch.map(affine));
  }

  /**
   * Whitens by the running averages, which stay, with a gradient: for fine-tuning with frozen
   * statistics. The layer is affine then, ∂L/∂X = W(weight ∘ ∂L/∂Y).
   *
   * @param features X, C×N, N ≥ 1
   * @return the pass
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite
   * @throws NonFiniteException if an eigenvalue of a running covariance that is kept is not
   *     positive, or Y is not finite, as when weight or bias is not
   * @throws ArithmeticException if an eigenvalue of a running covariance exceeds the largest double
   * @throws CancellationException if the calling thread is interrupted while W is computed, which
   *     is once after every change of the averages
   */
  public LayerPass forwardFrozen(DenseMatrix features) {
    requireFeatures(features);
    return new LayerPass(running.current().map(features, affine));
  }

  /**
   * Inference mode: whitens by the running averages, sample by sample.
   *
   * @param features X, C×N, N ≥ 1
   * @return Y, C×N
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite
   * @throws NonFiniteException as {@link #forwardFrozen} does
   * @throws ArithmeticException if an eigenvalue of a running covariance exceeds the largest double
   * @throws CancellationException as {@link #forwardFrozen} does
   */
  public DenseMatrix infer(DenseMatrix features) {
    requireFeatures(features);
    return running.current().map(features, affine).output();
  }

  private void requireFeatures(DenseMatrix features) {
    requireSize(features);
    Cotangents.require("features", settings.channels(), features.columns(), features);
  }

  private void requireSize(DenseMatrix features) {
    if (features.columns() == 0) {
      throw new IllegalArgumentException("features must have at least one column, got none");
    }
    Cotangents.requireShape("features", settings.channels(), features.columns(), features);
  }

  /** Starts anew: weight 1, bias 0, in the same arrays, and averages of nothing yet. */
  public void reset() {
    affine.reset();
    running.reset();
  }

  /**
   * Writes weight, bias and running averages, so that a layer of the same kind can go on from here
   * bit by bit.
   *
   * @param target left open
   * @throws IOException if the stream does
   */
  public void save(OutputStream target) throws IOException {
    state().write(target);
  }

  /**
   * Takes over what a layer has saved: weight and bias into the arrays that there are, and the
   * running averages. ε, the momentum and the root stay this layer's. A call that throws changes
   * nothing.
   *
   * @param source read to the end of the state and no further; left open
   * @throws IllegalArgumentException if the stream holds no such state, or one that is damaged, of
   *     another version, or of a layer with other channels, groups, divisor, parameters or averages
   * @throws IOException if the stream does
   */
  public void restore(InputStream source) throws IOException {
    running.restore(state().readInto(affine, source));
  }

  private LayerState state() {
    Map<String, Object> same = new LinkedHashMap<>();
    same.put("channels", settings.channels());
    same.put("groupSize", settings.groupSize());
    same.put("unbiased", settings.unbiased());
    same.put("weight", settings.weight());
    same.put("bias", settings.bias());
    same.put("runningStatistic", settings.runningStatistic());
    boolean cumulative = settings.averaging() instanceof Averaging.Cumulative;
    same.put("averaging", cumulative ? "cumulative" : "exponential");
    return LayerState.of("ZcaWhitening", same, affine, running.state());
  }
}
