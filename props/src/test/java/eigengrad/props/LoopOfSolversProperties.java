package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import java.util.List;

/** The simplest batched solver: one matrix after the other. */
class LoopOfSolversProperties implements BatchedEigenSolverContract {

  @Override
  public List<Eigenpairs> solveAll(List<DenseMatrix> matrices) {
    return matrices.stream().map(new SymmetricEigenProperties()::solve).toList();
  }
}
