package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** Two pairs have changed places. */
final class SwappedPair implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigenpairs right = RightSolver.solve(matrix);
    double[] values = right.values().clone();
    double[] columns = right.vectors().toArray();
    int n = matrix.rows();
    if (n > 1) {
      values[0] = right.values()[1];
      values[1] = right.values()[0];
      System.arraycopy(right.vectors().columnMajor(), 0, columns, n, n);
      System.arraycopy(right.vectors().columnMajor(), n, columns, 0, n);
    }
    return Eigenpairs.ofColumns(values, columns);
  }
}
