package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** Two vectors have changed places, their values have not. */
final class SwappedVectors implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigenpairs right = RightSolver.solve(matrix);
    double[] columns = right.vectors().toArray();
    int n = matrix.rows();
    if (n > 1) {
      System.arraycopy(right.vectors().columnMajor(), 0, columns, n, n);
      System.arraycopy(right.vectors().columnMajor(), n, columns, 0, n);
    }
    return Eigenpairs.ofColumns(right.values(), columns);
  }
}
