package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** Elements below 1e-12 count as zero, whatever the scale of the matrix. */
final class AbsoluteThreshold implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    double[] elements = matrix.toArray();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = Math.abs(elements[i]) < 1e-12 ? 0 : elements[i];
    }
    return RightSolver.solve(DenseMatrix.wrap(matrix.rows(), matrix.rows(), elements));
  }
}
