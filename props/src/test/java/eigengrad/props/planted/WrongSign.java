package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.EigenGradientContract;

/** 1/(λᵢ − λⱼ) in the place of 1/(λⱼ − λᵢ). */
final class WrongSign implements EigenGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return Assembly.raw(eigen, valueCotangent, vectorCotangent, (a, b) -> 1 / (a - b))
        .symmetricPart();
  }
}
