package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.EigenGradientContract;

/** δ/(δ² + ε) with an ε that knows nothing of the scale of the matrix. */
final class AbsoluteEpsilon implements EigenGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(
            eigen, valueCotangent, vectorCotangent, (a, b) -> (b - a) / ((b - a) * (b - a) + 1e-24))
        .symmetricPart();
  }
}
