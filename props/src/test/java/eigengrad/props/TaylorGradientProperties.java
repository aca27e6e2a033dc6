package eigengrad.props;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;

class TaylorGradientProperties implements BoundedGradientContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return EigenGradient.backward(eigen, InverseGap.taylor(599), valueCotangent, vectorCotangent);
  }
}
