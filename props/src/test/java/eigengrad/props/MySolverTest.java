package eigengrad.props;

import eigengrad.linalg.DenseMatrix;

/** The README's example. */
class MySolverTest implements EigenSolverContract {
  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    MySolver solver = new MySolver(SymmetricMatrices.rows(matrix)); // double[][]
    return Eigenpairs.ofRows(solver.values(), solver.vectors()).ascending();
  }
}
