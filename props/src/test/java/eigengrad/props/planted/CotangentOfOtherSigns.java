package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.EigenGradientContract;

/** Signs of the vectors are normalised, those of their cotangents are not. */
final class CotangentOfOtherSigns implements EigenGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    double[] signs = new double[eigen.order()];
    for (int j = 0; j < signs.length; j++) {
      signs[j] = Math.signum(eigen.vectors().get(0, j));
    }
    Eigendecomposition normalised =
        Eigendecomposition.of(eigen.values(), eigen.vectors().times(DenseMatrix.diagonal(signs)));
    return Assembly.raw(normalised, valueCotangent, vectorCotangent, (a, b) -> 1 / (b - a))
        .symmetricPart();
  }
}
