package eigengrad.props.planted;

import eigengrad.grad.EigenGradient;
import eigengrad.grad.EigenTangent;
import eigengrad.grad.InverseGap;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.props.EigenTangentContract;

/** Forward mode has the other sign. */
final class TangentOfOtherSign implements EigenTangentContract {

  @Override
  public DenseMatrix backward(
      Eigendecomposition eigen, double[] valueCotangent, DenseMatrix vectorCotangent) {
    return EigenGradient.backward(eigen, InverseGap.analytic(), valueCotangent, vectorCotangent);
  }

  @Override
  public EigenTangent along(Eigendecomposition eigen, DenseMatrix direction) {
    EigenTangent right = EigenTangent.along(eigen, InverseGap.analytic(), direction);
    return new EigenTangent(right.values(), right.vectors().times(-1));
  }
}
