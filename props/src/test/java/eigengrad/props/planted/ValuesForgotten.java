package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.EigenGradientContract;

/** Only the vectors have a gradient. */
final class ValuesForgotten implements EigenGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(eigen, new double[eigen.order()], vectorCotangent, (a, b) -> 1 / (b - a))
        .symmetricPart();
  }
}
