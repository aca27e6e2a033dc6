package eigengrad.commonsmath;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** The look-alike keeps the contract of a solver. */
class EigenDecompositionProperties implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    EigenDecomposition eigen = new EigenDecomposition(EigenDecomposition.matrix(matrix));
    return Eigenpairs.ofRows(eigen.getRealEigenvalues(), eigen.getV().getData()).ascending();
  }

  /** Not a property here: Commons Math has no matrices without rows. */
  @Override
  public void solve_orderZero_isEmpty() {}
}
