package eigengrad.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestCluster.class)
class ClusterCovarianceTest {

  /** Rows of both kinds; the mean is 10⁴ deviations. */
  @Test
  void multiply_denseAndSparseRows_isTheCovariancesProduct(SparkSession session) {
    Dataset<Row> data =
        TestRows.of(
            session,
            200,
            3,
            id -> {
              Vector row = TestRows.correlated(id, 5, 1e4);
              return id % 2 == 0 ? row : row.toSparse();
            });
    CovarianceAccumulator rows = new CovarianceAccumulator(5);
    for (double[] row : TestRows.collected(data, "features")) {
      rows.add(row);
    }
    double[] x = {1, -2, 3, 0.5, 1, 0, 1, 0, -1, 2};
    ClusterCovariance covariance =
        new ClusterCovariance(VectorColumn.rows(data, "features"), "features", 5, 2);
    double[] y = new double[10];
    covariance.multiply(5, 2, x, y);
    assertArrayEquals(rows.mean(), covariance.mean(), 1e-10);
    assertArrayEquals(rows.sampleCovariance().times(DenseMatrix.of(5, 2, x)).toArray(), y, 1e-9);
  }
}
