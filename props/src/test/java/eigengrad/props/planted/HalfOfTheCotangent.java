package eigengrad.props.planted;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.props.SpectralFunctionContract;

/** Only the lower triangle of the cotangent is read. */
final class HalfOfTheCotangent implements SpectralFunctionContract {

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
    double[] lower = cotangent.toArray();
    int n = matrix.rows();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        lower[i + j * n] = lower[j + i * n];
      }
    }
    return SpectralFunction.inverseSquareRoot()
        .forward(matrix)
        .backward(DenseMatrix.wrap(n, n, lower));
  }
}
