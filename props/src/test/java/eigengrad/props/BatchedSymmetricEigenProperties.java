package eigengrad.props;

import eigengrad.linalg.BatchedEigendecomposition;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.MatrixBatch;
import eigengrad.linalg.SymmetricEigen;
import java.util.List;
import java.util.stream.IntStream;

/** Our batched solver, one matrix per lane. */
class BatchedSymmetricEigenProperties implements BatchedEigenSolverContract {

  @Override
  public List<Eigenpairs> solveAll(List<DenseMatrix> matrices) {
    BatchedEigendecomposition solved =
        SymmetricEigen.decompose(MatrixBatch.of(matrices.toArray(DenseMatrix[]::new)));
    return IntStream.range(0, matrices.size())
        .mapToObj(solved::decomposition)
        .map(BatchedSymmetricEigenProperties::pairs)
        .toList();
  }

  private static Eigenpairs pairs(Eigendecomposition eigen) {
    return new Eigenpairs(eigen.values(), eigen.vectors());
  }

  /** Pairs of groups of eight are solved side by side: several, and a few more. */
  @Override
  public int largestBatch() {
    return 37;
  }

  /** Lock-step and, beyond, one matrix after the other. */
  @Override
  public int largestOrder() {
    return 48;
  }
}
