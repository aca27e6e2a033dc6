package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/** A stranger's solver: rows in, rows out, values descending. */
final class MySolver {
  private final Eigendecomposition eigen;

  MySolver(double[][] rows) {
    this.eigen =
        SymmetricEigen.decompose(
            rows.length == 0 ? DenseMatrix.identity(0) : DenseMatrix.ofRows(rows));
  }

  double[] values() {
    int n = eigen.order();
    return PrescribedSpectra.array(n, j -> eigen.value(n - 1 - j));
  }

  double[][] vectors() {
    int n = eigen.order();
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = eigen.vectors().get(i, n - 1 - j);
      }
    }
    return rows;
  }
}
