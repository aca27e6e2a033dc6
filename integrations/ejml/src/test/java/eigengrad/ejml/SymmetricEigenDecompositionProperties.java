package eigengrad.ejml;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.EigenSolver;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;
import org.ejml.data.DMatrixRMaj;

/** The adapter keeps the contract of a solver. */
class SymmetricEigenDecompositionProperties implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    int n = matrix.rows();
    SymmetricEigenDecomposition eigen = new SymmetricEigenDecomposition();
    require(eigen.decompose(new DMatrixRMaj(n, n, true, matrix.toRowMajor())));
    double[] columns = new double[n * n];
    for (int j = 0; j < n; j++) {
      System.arraycopy(eigen.getEigenVector(j).getData(), 0, columns, j * n, n);
    }
    return Eigenpairs.ofColumns(values(eigen), columns);
  }

  @Override
  public double[] values(DenseMatrix matrix) {
    int n = matrix.rows();
    SymmetricEigenDecomposition eigen = new SymmetricEigenDecomposition(false, new EigenSolver());
    require(eigen.decompose(new DMatrixRMaj(n, n, true, matrix.toRowMajor())));
    return values(eigen);
  }

  private static void require(boolean decomposed) {
    if (!decomposed) {
      throw new ArithmeticException("not decomposed");
    }
  }

  private static double[] values(SymmetricEigenDecomposition eigen) {
    double[] values = new double[eigen.getNumberOfEigenvalues()];
    for (int j = 0; j < values.length; j++) {
      values[j] = eigen.getEigenvalue(j).getReal();
    }
    return values;
  }
}
