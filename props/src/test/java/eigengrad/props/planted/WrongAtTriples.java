package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** Vectors are wrong where three values or more are equal. */
final class WrongAtTriples implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigenpairs right = RightSolver.solve(matrix);
    double[] values = right.values();
    for (int j = 2; j < values.length; j++) {
      if (values[j] - values[j - 2] <= 1e-14 * Math.abs(values[j])) {
        return new Eigenpairs(values, right.vectors().times(2));
      }
    }
    return right;
  }
}
