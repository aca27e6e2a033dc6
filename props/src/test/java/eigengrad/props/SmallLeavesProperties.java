package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenOptions;
import eigengrad.linalg.EigenSolver;
import eigengrad.linalg.Eigendecomposition;

/** Divided down to blocks of 4, so that small orders go through merges too. */
class SmallLeavesProperties implements EigenSolverContract {
  private static final EigenOptions SMALL_LEAVES = new EigenOptions(1e-10, 30, 4);

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    Eigendecomposition eigen = new EigenSolver(SMALL_LEAVES).decompose(matrix);
    return new Eigenpairs(eigen.values(), eigen.vectors());
  }
}
