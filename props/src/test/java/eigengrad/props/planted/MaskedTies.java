package eigengrad.props.planted;

import eigengrad.grad.SpectralFunction;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.props.SpectralFunctionContract;

/** Through the eigenvectors, pairs that tie left out. */
final class MaskedTies implements SpectralFunctionContract {

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
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    int n = eigen.order();
    DenseMatrix v = eigen.vectors();
    double[] core = v.transpose().times(cotangent.symmetricPart()).times(v).toArray();
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double a = eigen.value(i);
        double b = eigen.value(j);
        double slope = -0.5 * Math.pow(b, -1.5);
        boolean tie = Math.abs(a - b) < 1e-10 * b;
        core[i + j * n] *= i == j ? slope : tie ? 0 : (f(b) - f(a)) / (b - a);
      }
    }
    return v.times(DenseMatrix.wrap(n, n, core)).times(v.transpose()).symmetricPart();
  }
}
