package eigengrad.props;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;

class LogarithmProperties implements SpectralFunctionContract {

  @Override
  public double f(double lambda) {
    return Math.log(lambda);
  }

  @Override
  public DenseMatrix value(DenseMatrix matrix) {
    return SpectralFunction.logarithm().forward(matrix).matrix();
  }

  @Override
  public DenseMatrix backward(DenseMatrix matrix, DenseMatrix cotangent) {
    return SpectralFunction.logarithm().forward(matrix).backward(cotangent);
  }
}
