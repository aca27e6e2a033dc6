package eigengrad.props;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.MatrixBatch;

/** A function of a batch, the matrix between two of its multiples. */
class BatchedInverseSquareRootProperties implements SpectralFunctionContract {

  @Override
  public double f(double lambda) {
    return 1 / Math.sqrt(lambda);
  }

  @Override
  public DenseMatrix value(DenseMatrix matrix) {
    return SpectralFunction.inverseSquareRoot().forward(batch(matrix)).matrices().matrix(1);
  }

  @Override
  public DenseMatrix backward(DenseMatrix matrix, DenseMatrix cotangent) {
    return SpectralFunction.inverseSquareRoot()
        .forward(batch(matrix))
        .backward(batch(cotangent))
        .matrix(1);
  }

  private static MatrixBatch batch(DenseMatrix matrix) {
    return MatrixBatch.of(matrix.times(2), matrix, matrix.times(0.5));
  }
}
