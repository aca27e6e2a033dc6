package eigengrad.spark;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import eigengrad.linalg.IndexRange;
import eigengrad.linalg.PartialEigendecomposition;
import eigengrad.linalg.SymmetricEigen;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;

/**
 * The leading eigenpairs of a covariance, largest first.
 *
 * @param mean m, d elements
 * @param variances k eigenvalues
 * @param totalVariance the sum of all d
 * @param vectors d·k elements, column-major
 */
record PrincipalComponents(
    double[] mean, double[] variances, double totalVariance, double[] vectors) {

  static PrincipalComponents fit(Dataset<?> data, String column, int k, int depth) {
    int dimension = VectorColumn.dimension(data, column);
    if (k > dimension) {
      throw new IllegalArgumentException(
          "k must be ≤ %d, the length of the vectors of column '%s', got %d"
              .formatted(dimension, column, k));
    }
    return of(Covariances.fit(data, column, dimension, depth), k);
  }

  private static PrincipalComponents of(CovarianceAccumulator rows, int k) {
    DenseMatrix covariance = rows.sampleCovariance();
    int dimension = rows.dimension();
    double trace = 0;
    for (int i = 0; i < dimension; i++) {
      trace += covariance.get(i, i);
    }
    PartialEigendecomposition ascending =
        SymmetricEigen.decompose(covariance, IndexRange.largest(k));
    double[] vectors = DescendingOrder.ofColumns(ascending.vectors()).columnMajor();
    double[] variances =
        IntStream.range(0, k).mapToDouble(j -> Math.max(0, ascending.value(k - 1 - j))).toArray();
    return new PrincipalComponents(rows.mean(), variances, trace, vectors);
  }
}
