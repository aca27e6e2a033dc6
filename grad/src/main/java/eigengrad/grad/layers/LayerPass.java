package eigengrad.grad.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.layers.FeatureMap;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import java.util.concurrent.CancellationException;

/**
 * One batch carried through a layer, and the way back to its features: immutable. It keeps the
 * parameters as they were, so that changing them before {@link #backward} does no harm.
 */
public final class LayerPass {
  private final FeatureMap map;
  private final DenseMatrix output;

  /**
   * Carries a batch through.
   *
   * @throws NonFiniteException if Y is not finite
   */
  LayerPass(FeatureMap map) {
    this.map = map;
    this.output = map.output();
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
   * @throws NonFiniteException if a gradient is not finite under the layer's method
   * @throws CancellationException if the method notices that the calling thread is interrupted
   */
  public LayerGradient backward(DenseMatrix outputGradient) {
    Cotangents.requireShape("outputGradient", output.rows(), output.columns(), outputGradient);
    return map.backward(outputGradient);
  }
}
