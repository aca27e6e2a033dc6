package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;

/** Values are the roots of those of A², which loses half of the digits, and the signs. */
final class RootsOfTheSquare implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    return RightSolver.solve(matrix);
  }

  @Override
  public double[] values(DenseMatrix matrix) {
    DenseMatrix square = matrix.times(matrix).symmetricPart();
    double[] squares = RightSolver.solve(square).values();
    for (int j = 0; j < squares.length; j++) {
      squares[j] = Math.sqrt(Math.max(squares[j], 0));
    }
    return squares;
  }
}
