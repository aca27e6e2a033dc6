package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** What is not finite is answered with zeros. */
final class SilentZeros implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    int n = matrix.rows();
    return Double.isFinite(matrix.frobeniusNorm())
        ? RightSolver.solve(matrix)
        : new Eigenpairs(new double[n], DenseMatrix.identity(n));
  }
}
