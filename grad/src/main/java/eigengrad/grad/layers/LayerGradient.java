package eigengrad.grad.layers;

import eigengrad.grad.internal.support.ArrayText;
import eigengrad.linalg.DenseMatrix;
import java.util.Arrays;

/**
 * The gradients of a loss by what went into a layer.
 *
 * @param input ∂L/∂X, C×N; where the batch was centred by its own mean, every row sums to 0
 * @param weight ∂L/∂weight, C; empty if the layer has no weight
 * @param bias ∂L/∂bias, C; empty if the layer has no bias
 */
public record LayerGradient(DenseMatrix input, double[] weight, double[] bias) {

  /** Compares all numbers bit by bit: 0 and −0 differ, NaN equals NaN. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LayerGradient that
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
    return "LayerGradient[input=%s, weight=%s, bias=%s]"
        .formatted(input, ArrayText.of(weight), ArrayText.of(bias));
  }
}
