package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.List;

/** Our batched solver as a single one. */
class BatchOfOneProperties implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    return new BatchedSymmetricEigenProperties().solveAll(List.of(matrix)).get(0);
  }
}
