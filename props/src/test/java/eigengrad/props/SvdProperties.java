package eigengrad.props;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;

class SvdProperties implements SvdContract {

  @Override
  public SingularTriplets solve(DenseMatrix matrix) {
    SingularValueDecomposition svd = Svd.decompose(matrix);
    return new SingularTriplets(svd.values(), svd.leftVectors(), svd.rightVectors());
  }

  @Override
  public double[] values(DenseMatrix matrix) {
    return Svd.values(matrix);
  }

  @Override
  public int largestOrder() {
    return Integer.getInteger("eigengrad.props.order", 40);
  }
}
