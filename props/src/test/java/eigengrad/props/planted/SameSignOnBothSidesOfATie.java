package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.BoundedGradientContract;

/** K/λ at a tie on both sides of the diagonal: bounded, but not antisymmetric. */
final class SameSignOnBothSidesOfATie implements BoundedGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(
            eigen,
            valueCotangent,
            vectorCotangent,
            (a, b) -> a == b ? 600 / a : Assembly.series(a, b, 600))
        .symmetricPart();
  }
}
