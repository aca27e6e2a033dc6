package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.BoundedGradientContract;

/** The analytic rule, which claims to be bounded. */
final class UnboundedAtTies implements BoundedGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(eigen, valueCotangent, vectorCotangent, (a, b) -> 1 / (b - a))
        .symmetricPart();
  }
}
