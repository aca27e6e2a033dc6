package eigengrad.bench.jmh;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SymmetricEigen;

/**
 * The whitening of one group as tensor libraries compute it: operation by operation, each of which
 * reads and writes whole arrays. Products and decomposition are this library's.
 */
final class OperationwiseWhitening {
  private static final double EPSILON = 1e-4;

  private final double[] weight;
  private final DenseMatrix centred;
  private final SpectralFunction.Pass root;
  private final DenseMatrix whitened;
  private final DenseMatrix output;

  /** Y = weight ∘ (W X̂) + bias of d×N features. */
  OperationwiseWhitening(DenseMatrix features, double[] weight, double[] bias) {
    double samples = features.columns();
    this.weight = weight;
    this.centred = plus(features, -1 / samples, rowSums(features));
    DenseMatrix covariance = centred.times(centred.transpose()).times(1 / samples);
    DenseMatrix regularised =
        covariance.plusScaled(EPSILON, DenseMatrix.identity(features.rows())).symmetricPart();
    this.root = SpectralFunction.inverseSquareRoot().forward(SymmetricEigen.decompose(regularised));
    this.whitened = root.matrix().times(centred);
    this.output = plus(scaled(whitened, weight), 1, bias);
  }

  DenseMatrix output() {
    return output;
  }

  /**
   * The gradients.
   *
   * @param input ∂L/∂X
   * @param weight ∂L/∂weight
   * @param bias ∂L/∂bias
   */
  @SuppressWarnings("ArrayRecordComponent") // only handed on
  record Gradient(DenseMatrix input, double[] weight, double[] bias) {}

  Gradient backward(DenseMatrix outputGradient) {
    double samples = centred.columns();
    double[] weightGradient = rowSums(product(outputGradient, whitened));
    double[] biasGradient = rowSums(outputGradient);
    DenseMatrix whitenedGradient = scaled(outputGradient, weight);
    DenseMatrix ofRoot = whitenedGradient.times(centred.transpose());
    DenseMatrix ofCovariance = root.backward(ofRoot.symmetricPart());
    DenseMatrix direct = root.matrix().times(whitenedGradient);
    DenseMatrix gradient = direct.plus(ofCovariance.times(2 / samples).times(centred));
    return new Gradient(
        plus(gradient, -1 / samples, rowSums(gradient)), weightGradient, biasGradient);
  }

  private static double[] rowSums(DenseMatrix x) {
    double[] sums = new double[x.rows()];
    double[] elements = x.columnMajor();
    for (int at = 0; at < elements.length; at += sums.length) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += elements[at + c];
      }
    }
    return sums;
  }

  /** Adds a multiple of the same column to each. */
  private static DenseMatrix plus(DenseMatrix x, double factor, double[] column) {
    double[] result = x.toArray();
    for (int at = 0; at < result.length; at += column.length) {
      for (int c = 0; c < column.length; c++) {
        result[at + c] += factor * column[c];
      }
    }
    return DenseMatrix.wrap(x.rows(), x.columns(), result);
  }

  /** Multiplies each row by its element of a column. */
  private static DenseMatrix scaled(DenseMatrix x, double[] column) {
    double[] result = x.toArray();
    for (int at = 0; at < result.length; at += column.length) {
      for (int c = 0; c < column.length; c++) {
        result[at + c] *= column[c];
      }
    }
    return DenseMatrix.wrap(x.rows(), x.columns(), result);
  }

  private static DenseMatrix product(DenseMatrix x, DenseMatrix y) {
    double[] result = x.toArray();
    double[] other = y.columnMajor();
    for (int i = 0; i < result.length; i++) {
      result[i] *= other[i];
    }
    return DenseMatrix.wrap(x.rows(), x.columns(), result);
  }
}
