package eigengrad.grad.layers;

import eigengrad.grad.NonFiniteException;
import eigengrad.grad.internal.layers.ChannelAffine;
import eigengrad.grad.internal.support.Cotangents;
import eigengrad.linalg.DenseMatrix;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * One batch carried through a layer, and the way back to its features: immutable. It keeps the
 * parameters as they were, so that changing them before {@link #backward} does no harm.
 */
public final class LayerPass {
  private final ChannelAffine affine;
  private final double[] normalised;
  private final Function<double[], DenseMatrix> inputGradient;
  private final DenseMatrix output;

  /**
   * Scales and shifts what a layer has normalised.
   *
   * @param affine weight and bias; copied
   * @param normalised Z, C×N, column-major; kept
   * @param inputGradient ∂L/∂X from ∂L/∂Z, column-major and finite
   * @throws NonFiniteException if Y is not finite
   */
  LayerPass(
      ChannelAffine affine, double[] normalised, Function<double[], DenseMatrix> inputGradient) {
    this.affine = affine.copy();
    this.normalised = normalised;
    this.inputGradient = inputGradient;
    this.output = affine.apply(normalised);
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
    Cotangents.require("outputGradient", output.rows(), output.columns(), outputGradient);
    ChannelAffine.Gradient gradient = affine.backward(outputGradient.columnMajor(), normalised);
    return new LayerGradient(
        inputGradient.apply(gradient.input()), gradient.weight(), gradient.bias());
  }
}
