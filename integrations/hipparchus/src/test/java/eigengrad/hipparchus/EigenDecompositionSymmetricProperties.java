package eigengrad.hipparchus;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** The look-alike keeps the contract of a solver. */
class EigenDecompositionSymmetricProperties implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(EigenDecompositionSymmetric.matrix(matrix));
    return Eigenpairs.ofRows(eigen.getEigenvalues(), eigen.getV().getData()).ascending();
  }

  /** Not a property here: Hipparchus has no matrices without rows. */
  @Override
  public void solve_orderZero_isEmpty() {}
}
