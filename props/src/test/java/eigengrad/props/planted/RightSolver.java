package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.props.Eigenpairs;

/** What the planted mistakes are planted into. */
final class RightSolver {
  private RightSolver() {}

  static Eigenpairs solve(DenseMatrix matrix) {
    Eigendecomposition eigen = SymmetricEigen.decompose(matrix);
    return new Eigenpairs(eigen.values(), eigen.vectors());
  }
}
