package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;

/** All pairs, by the way to some of them. */
class WholeRangeProperties implements EigenSolverContract {

  @Override
  public Eigenpairs solve(DenseMatrix matrix) {
    PartialEigendecomposition pairs = SymmetricEigen.decompose(matrix, all(matrix));
    return new Eigenpairs(pairs.values(), pairs.vectors());
  }

  @Override
  public double[] values(DenseMatrix matrix) {
    return SymmetricEigen.values(matrix, all(matrix));
  }

  private static IndexRange all(DenseMatrix matrix) {
    return IndexRange.smallest(matrix.rows());
  }
}
