package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.SvdMethod;
import eigengrad.linalg.SvdOptions;
import eigengrad.linalg.SvdSolver;

/** Jacobi's method. */
class AccurateSvdProperties implements SvdContract {
  private final SvdSolver solver = new SvdSolver(SvdOptions.DEFAULT.withMethod(SvdMethod.JACOBI));

  @Override
  public SingularTriplets solve(DenseMatrix matrix) {
    SingularValueDecomposition svd = solver.decompose(matrix);
    return new SingularTriplets(svd.values(), svd.leftVectors(), svd.rightVectors());
  }

  @Override
  public double[] values(DenseMatrix matrix) {
    return solver.values(matrix);
  }
}
