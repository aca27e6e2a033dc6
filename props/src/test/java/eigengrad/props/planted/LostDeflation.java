package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** The last pair was not deflated, and is found twice. */
final class LostDeflation implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigenpairs right = RightSolver.solve(matrix);
    double[] values = right.values().clone();
    double[] columns = right.vectors().toArray();
    int n = matrix.rows();
    if (n > 1) {
      values[n - 2] = values[n - 1];
      System.arraycopy(columns, (n - 1) * n, columns, (n - 2) * n, n);
    }
    return Eigenpairs.ofColumns(values, columns);
  }
}
