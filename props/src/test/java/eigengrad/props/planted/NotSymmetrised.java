package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.EigenGradientContract;

/** V(F ∘ (VᵀG))Vᵀ as it is: right for every symmetric dM, but not symmetric. */
final class NotSymmetrised implements EigenGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(eigen, valueCotangent, vectorCotangent, (a, b) -> 1 / (b - a));
  }
}
