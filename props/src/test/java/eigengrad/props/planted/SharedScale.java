package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.BatchedEigenSolverContract;
import eigengrad.props.Eigenpairs;
import java.util.List;

/** What is small beside the largest element of the whole batch counts as zero. */
final class SharedScale implements BatchedEigenSolverContract {

  @Override
  public List<Eigenpairs> solveAll(List<DenseMatrix> matrices) {
    double largest = matrices.stream().mapToDouble(DenseMatrix::maxAbs).max().orElse(0);
    return matrices.stream()
        .map(matrix -> matrix.maxAbs() < 0x1p-200 * largest ? matrix.times(0) : matrix)
        .map(RightSolver::solve)
        .toList();
  }
}
