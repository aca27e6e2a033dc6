package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.EigenGradientContract;

/**
 * I − VVᵀ of all vectors, which is zero, in the place of I − vvᵀ: the eigenvectors lose their
 * gradient.
 */
final class FullProjector implements EigenGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    DenseMatrix v = eigen.vectors();
    DenseMatrix projected = vectorCotangent.minus(v.times(v.transpose().times(vectorCotangent)));
    return Assembly.raw(eigen, valueCotangent, projected, (a, b) -> 1 / (b - a)).symmetricPart();
  }
}
