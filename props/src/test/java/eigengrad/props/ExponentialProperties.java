package eigengrad.props;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;

class ExponentialProperties implements SpectralFunctionContract {

  @Override
  public double f(double lambda) {
    return Math.exp(lambda);
  }

  @Override
  public DenseMatrix value(DenseMatrix matrix) {
    return SpectralFunction.exponential().forward(matrix).matrix();
  }

  @Override
  public DenseMatrix backward(DenseMatrix matrix, DenseMatrix cotangent) {
    return SpectralFunction.exponential().forward(matrix).backward(cotangent);
  }
}
