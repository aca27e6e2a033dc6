package eigengrad.props;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;

class InverseSquareRootProperties implements SpectralFunctionContract {

  @Override
  public double f(double lambda) {
    return 1 / Math.sqrt(lambda);
  }

  @Override
  public DenseMatrix value(DenseMatrix matrix) {
    return SpectralFunction.inverseSquareRoot().forward(matrix).matrix();
  }

  @Override
  public DenseMatrix backward(DenseMatrix matrix, DenseMatrix cotangent) {
    return SpectralFunction.inverseSquareRoot().forward(matrix).backward(cotangent);
  }
}
