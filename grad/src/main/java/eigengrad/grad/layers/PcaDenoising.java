package eigengrad.grad.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.layers.ChannelAffine;
import eigengrad.grad.internal.layers.DenoisedBatch;
import eigengrad.grad.internal.layers.LayerState;
import eigengrad.grad.internal.layers.RunningDenoising;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * PCA denoising as a network layer: standardises every channel, keeps the leading principal
 * components and drops the others as noise, then scales and shifts every channel.
 *
 * <p>For features X, C channels by N samples, of mean μ and variances v (divided by N):
 *
 * <pre>X̂ = (X − μ)/√(v + ε),   R = X̂X̂ᵀ/N,   Y = weight ∘ (UUᵀX̂) + bias,</pre>
 *
 * where U has the k leading eigenvectors of R. With k = C this is batch normalisation. A channel
 * that is constant comes out as 0, and so do directions without variance, which fewer samples than
 * channels leave: whether they count among the k makes no difference to Y.
 *
 * <table>
 * <caption>What is denoised by what</caption>
 * <tr><th>call</th><th>denoises by</th><th>running averages</th><th>gradient</th></tr>
 * <tr><td>{@link #forward}</td><td>the batch</td><td>take it in</td><td>yes</td></tr>
 * <tr><td>{@link #forwardWithoutUpdate}</td><td>the batch</td><td>stay</td><td>yes</td></tr>
 * <tr><td>{@link #forwardFrozen}</td><td>the averages</td><td>stay</td><td>yes</td></tr>
 * <tr><td>{@link #infer}</td><td>the averages</td><td>stay</td><td>no</td></tr>
 * </table>
 *
 * <p><b>Running averages</b> are those of mean and covariance; variances, R and UUᵀ of inference
 * are computed from them. Averaging projectors, as the authors average W in whitening, would be
 * worse: the average of projectors is none. Where batches disagree on a direction, its eigenvalue
 * lies between 0 and 1, and inference shrinks what training keeps or drops. Before any batch no
 * direction leads, and inference keeps them all.
 *
 * <p><b>Gradient.</b> k is taken as a constant. By default the gradient through UUᵀ is exact: ties
 * among kept or among dropped eigenvalues do no harm. Where a kept and a dropped one meet, UUᵀ
 * jumps, and the gradient grows like the inverse of their gap; for a loss that sees a tie there it
 * does not exist, and {@link LayerPass#backward} says so by an exception. Data rarely tie, except
 * at variance 0, where the loss sees nothing. Training that must go on whatever comes takes {@link
 * LeadingProjector#with LeadingProjector.with(InverseGap.clipped(1e6))}, the same gradient but for
 * edges narrower than a millionth of the largest eigenvalue, where it is bounded. The paper's
 * routes through single eigenvectors are in {@code eigengrad.grad.paper}, to reproduce and compare.
 *
 * <p>Not safe for use by several threads at once while training; {@link #forwardFrozen} and {@link
 * #infer} alone are. Cost of a training step: about 10·C²·N flops and a decomposition of order C.
 * Source: W. Wang et al., <i>Backpropagation-Friendly Eigendecomposition</i>, NeurIPS 2019.
 */
public final class PcaDenoising {
  private final DenoisingSettings settings;
  private final LeadingProjector projector;
  private final ChannelAffine affine;
  private final RunningDenoising running;

  /**
   * A layer with the exact gradient, weight 1, bias 0 and running averages of nothing yet.
   *
   * @param settings sizes and constants
   */
  public PcaDenoising(DenoisingSettings settings) {
    this(settings, LeadingProjector.exact());
  }

  /**
   * A layer that trains by a given projector, such as the paper's through single eigenvectors.
   * Inference projects by the exact one.
   *
   * @param settings sizes and constants
   * @param projector how UUᵀ of a batch is computed and differentiated
   */
  public PcaDenoising(DenoisingSettings settings, LeadingProjector projector) {
    this.settings = settings;
    this.projector = projector;
    this.affine = ChannelAffine.identity(settings.channels(), settings.weight(), settings.bias());
    this.running = new RunningDenoising(settings);
  }

  /**
   * What the layer was made with.
   *
   * @return sizes and constants
   */
  public DenoisingSettings settings() {
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
   * How many components inference keeps, by the running averages: of interest where the energy
   * decides.
   *
   * @return k; C before any batch
   * @throws NonFiniteException if a running variance overflows
   * @throws CancellationException if the calling thread is interrupted while the projector is
   *     computed, which is once after every change of the averages
   */
  public int components() {
    return running.current().components();
  }

  /**
   * Training mode: denoises a batch by its own statistics and updates the running averages; a call
   * that throws leaves them as they are.
   *
   * @param features X, C×N: one column per sample (for images, one per pixel), N ≥ 1
   * @return the pass
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite
   * @throws NonFiniteException if a variance overflows, something overflows the projector's
   *     precision, or Y is not finite
   * @throws ArithmeticException if the projector's method says so
   * @throws CancellationException if the calling thread is interrupted; the running averages are
   *     then those of before
   */
  public LayerPass forward(DenseMatrix features) {
    DenoisedBatch batch = denoised(features);
    LayerPass pass = pass(batch);
    running.update(batch);
    return pass;
  }

  /**
   * Denoises a batch by its own statistics as {@link #forward} does, and leaves the running
   * averages alone: for a second look at the same batch, or a line search.
   *
   * @param features X, C×N, N ≥ 1
   * @return the pass
   * @throws IllegalArgumentException as {@link #forward} does
   * @throws NonFiniteException as {@link #forward} does
   * @throws ArithmeticException as {@link #forward} does
   * @throws CancellationException if the calling thread is interrupted
   */
  public LayerPass forwardWithoutUpdate(DenseMatrix features) {
    return pass(denoised(features));
  }

  private DenoisedBatch denoised(DenseMatrix features) {
    requireSize(features);
    return DenoisedBatch.of(features, settings.epsilon(), settings.components(), projector);
  }

  private LayerPass pass(DenoisedBatch batch) {
    return new LayerPass(batch.map(affine));
  }

  /**
   * Denoises by the running averages, which stay, with a gradient: for fine-tuning with frozen
   * statistics. The layer is affine then, ∂L/∂X = UUᵀ(weight ∘ ∂L/∂Y)/√(v + ε).
   *
   * @param features X, C×N, N ≥ 1
   * @return the pass
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite
   * @throws NonFiniteException if a running variance overflows, or Y is not finite, as when weight
   *     or bias is not
   * @throws CancellationException if the calling thread is interrupted while the projector is
   *     computed, which is once after every change of the averages
   */
  public LayerPass forwardFrozen(DenseMatrix features) {
    requireFeatures(features);
    return new LayerPass(running.current().transform().map(features, affine));
  }

  /**
   * Inference mode: denoises by the running averages, sample by sample.
   *
   * @param features X, C×N, N ≥ 1
   * @return Y, C×N
   * @throws IllegalArgumentException if X has no columns, another number of rows, or is not finite
   * @throws NonFiniteException as {@link #forwardFrozen} does
   * @throws CancellationException as {@link #forwardFrozen} does
   */
  public DenseMatrix infer(DenseMatrix features) {
    requireFeatures(features);
    return running.current().transform().map(features, affine).output();
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
   * running averages. ε, the momentum, the projector and how many components are kept stay this
   * layer's. A call that throws changes nothing.
   *
   * @param source read to the end of the state and no further; left open
   * @throws IllegalArgumentException if the stream holds no such state, or one that is damaged, of
   *     another version, or of a layer with other channels, parameters or averages
   * @throws IOException if the stream does
   */
  public void restore(InputStream source) throws IOException {
    running.restore(state().readInto(affine, source));
  }

  private LayerState state() {
    Map<String, Object> same = new LinkedHashMap<>();
    same.put("channels", settings.channels());
    same.put("weight", settings.weight());
    same.put("bias", settings.bias());
    same.put("averaging", settings.averaging().getClass().getSimpleName());
    return LayerState.of("PcaDenoising", same, affine, running.state());
  }
}
