package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** The matrix is used as work space. */
final class WritesIntoItsInput implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigenpairs right = RightSolver.solve(matrix);
    matrix.columnMajor()[0] = 1 - matrix.columnMajor()[0];
    return right;
  }
}
