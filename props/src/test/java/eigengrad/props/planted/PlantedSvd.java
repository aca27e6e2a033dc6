package eigengrad.props.planted;

import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.Eigendecomposition;
import eigengrad.linalg.SingularValueDecomposition;
import eigengrad.linalg.Svd;
import eigengrad.linalg.SymmetricEigen;
import eigengrad.props.SingularTriplets;
import eigengrad.props.SvdContract;
import java.util.Arrays;

/** Mistakes that singular value decompositions have been published with. */
final class PlantedSvd {
  private PlantedSvd() {}

  private static SingularTriplets right(DenseMatrix matrix) {
    SingularValueDecomposition svd = Svd.decompose(matrix);
    return new SingularTriplets(svd.values(), svd.leftVectors(), svd.rightVectors());
  }

  /** Hands over Vᵀ for V, which nothing but a look at the product shows where V is square. */
  static final class TransposedRightVectors implements SvdContract {
    @Override
    public SingularTriplets solve(DenseMatrix matrix) {
      SingularTriplets right = right(matrix);
      DenseMatrix v = right.right();
      return v.rows() == v.columns()
          ? new SingularTriplets(right.values(), right.left(), v.transpose())
          : right;
    }
  }

  /** Leaves U unset. */
  static final class LeftVectorsForgotten implements SvdContract {
    @Override
    public SingularTriplets solve(DenseMatrix matrix) {
      SingularTriplets right = right(matrix);
      return new SingularTriplets(right.values(), right.left().times(0), right.right());
    }
  }

  /** Ascending, as eigenvalues are. */
  static final class Ascending implements SvdContract {
    @Override
    public SingularTriplets solve(DenseMatrix matrix) {
      SingularTriplets right = right(matrix);
      double[] ascending = right.values();
      Arrays.sort(ascending);
      return new SingularTriplets(ascending, right.left(), right.right());
    }
  }

  /** Takes what is below 1e-10 for zero, whatever the matrix's size. */
  static final class AbsoluteTolerance implements SvdContract {
    @Override
    public SingularTriplets solve(DenseMatrix matrix) {
      SingularTriplets right = right(matrix);
      double[] values =
          Arrays.stream(right.values()).map(value -> value < 1e-10 ? 0 : value).toArray();
      return new SingularTriplets(values, right.left(), right.right());
    }
  }

  /** Values as roots of the eigenvalues of AᵀA: small ones have half the digits. */
  static final class RootsOfTheGramMatrix implements SvdContract {
    @Override
    public SingularTriplets solve(DenseMatrix matrix) {
      return right(matrix);
    }

    @Override
    public double[] values(DenseMatrix matrix) {
      int k = Math.min(matrix.rows(), matrix.columns());
      double scale = matrix.maxAbs() == 0 ? 1 : matrix.maxAbs();
      DenseMatrix scaled = matrix.times(1 / scale);
      Eigendecomposition gram =
          SymmetricEigen.decompose(scaled.transpose().times(scaled).symmetricPart());
      double[] values = new double[k];
      int n = matrix.columns();
      Arrays.setAll(values, j -> scale * Math.sqrt(Math.max(0, gram.value(n - 1 - j))));
      return values;
    }
  }

  /** Swallows NaN where only values are asked for. */
  static final class ValuesOfNan implements SvdContract {
    @Override
    public SingularTriplets solve(DenseMatrix matrix) {
      return right(matrix);
    }

    @Override
    public double[] values(DenseMatrix matrix) {
      double[] elements =
          Arrays.stream(matrix.toArray()).map(a -> Double.isNaN(a) ? 0 : a).toArray();
      return Svd.values(DenseMatrix.of(matrix.rows(), matrix.columns(), elements));
    }
  }

  /** Left vectors of zero singular values are zero instead of completing a basis. */
  static final class NullSpaceForgotten implements SvdContract {
    @Override
    public SingularTriplets solve(DenseMatrix matrix) {
      SingularTriplets right = right(matrix);
      double[] left = right.left().toArray();
      int m = matrix.rows();
      double tolerance = right.values().length == 0 ? 0 : 1e-13 * right.values()[0];
      for (int j = 0; j < right.values().length; j++) {
        if (right.values()[j] <= tolerance) {
          Arrays.fill(left, j * m, (j + 1) * m, 0);
        }
      }
      return new SingularTriplets(
          right.values(), DenseMatrix.of(m, right.values().length, left), right.right());
    }
  }
}
