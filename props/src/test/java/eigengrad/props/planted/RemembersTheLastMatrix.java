package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** The sign of a vector depends on what was solved before. */
final class RemembersTheLastMatrix implements EigenSolverContract {

  private boolean turned;

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigenpairs right = RightSolver.solve(matrix);
    turned = !turned;
    return new Eigenpairs(right.values(), turned ? right.vectors().times(-1) : right.vectors());
  }
}
