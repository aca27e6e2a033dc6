package eigengrad.props;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;

class SquareRootProperties implements SpectralFunctionContract {

  @Override
  public double f(double lambda) {
    return Math.sqrt(lambda);
  }

  @Override
  public DenseMatrix value(DenseMatrix matrix) {
    return SpectralFunction.squareRoot().forward(matrix).matrix();
  }

  @Override
  public DenseMatrix backward(DenseMatrix matrix, DenseMatrix cotangent) {
    return SpectralFunction.squareRoot().forward(matrix).backward(cotangent);
  }
}
