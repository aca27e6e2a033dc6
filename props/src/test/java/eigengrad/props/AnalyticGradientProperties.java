package eigengrad.props;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.EigenTangent;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;

class AnalyticGradientProperties implements EigenTangentContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return EigenGradient.backward(eigen, InverseGap.analytic(), valueCotangent, vectorCotangent);
  }

  @Override
  public EigenTangent along(Eigendecomposition eigen, DenseMatrix direction) {
    return EigenTangent.along(eigen, InverseGap.analytic(), direction);
  }
}
