package eigengrad.ojalgo;

import eigengrad.linalg.DenseMatrix;
import eigengrad.props.EigenSolverContract;
import eigengrad.props.Eigenpairs;
import java.util.Arrays;
import java.util.Optional;
import org.ojalgo.matrix.store.R064Store;

/** The look-alike keeps the contract of a solver. */
class SymmetricEigenvalueProperties implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    SymmetricEigenvalue eigen = new SymmetricEigenvalue();
    require(eigen.decompose(R064Store.wrap(matrix.toArray(), matrix.rows())));
    int n = matrix.rows();
    double[] columns = new double[n * n];
    for (int at = 0; at < n * n; at++) {
      columns[at] = eigen.getV().doubleValue(at % n, at / n);
    }
    return Eigenpairs.ofColumns(values(eigen, n), columns).ascending();
  }

  @Override
  public double[] values(DenseMatrix matrix) {
    SymmetricEigenvalue eigen = new SymmetricEigenvalue();
    require(eigen.computeValuesOnly(R064Store.wrap(matrix.toArray(), matrix.rows())));
    double[] ascending = values(eigen, matrix.rows());
    Arrays.sort(ascending);
    return ascending;
  }

  private static void require(boolean decomposed) {
    if (!decomposed) {
      throw new ArithmeticException("not decomposed");
    }
  }

  private static double[] values(SymmetricEigenvalue eigen, int n) {
    double[] values = new double[n];
    eigen.getEigenvalues(values, Optional.empty());
    return values;
  }

  /** Not a property here: ojAlgo has no matrices without rows. */
  @Override
  public void solve_orderZero_isEmpty() {}
}
