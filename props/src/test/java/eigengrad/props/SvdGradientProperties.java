package eigengrad.props;

import eigengrad.grad.InverseGap;
import eigengrad.grad.SvdGradient;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;

class SvdGradientProperties implements SvdGradientContract {

  @Override
  public DenseMatrix backward(
      SingularValueDecomposition svd,
      DenseMatrix leftCotangent,
      double[] valueCotangent,
      DenseMatrix rightCotangent) {
    return SvdGradient.backward(
        svd, InverseGap.analytic(), leftCotangent, valueCotangent, rightCotangent);
  }
}
