package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

class SymmetricEigenProperties implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    return new Eigenpairs(eigen.values(), eigen.vectors());
  }

  @Override
  public double[] values(DenseMatrix matrix) {
    return SymmetricEigen.values(matrix);
  }

  @Override
  public int largestOrder() {
    return Integer.getInteger("eigengrad.props.order", 40);
  }
}
