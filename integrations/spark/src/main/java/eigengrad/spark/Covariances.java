package eigengrad.spark;

import eigengrad.linalg.CovarianceAccumulator;
import org.apache.spark.sql.Dataset;

/** The covariance of a column of vectors, computed where the rows are. */
final class Covariances {
  /** Beyond, the triangle that a task sends does not fit an array of bytes. */
  static final int LARGEST_DIMENSION = 20_000;

  private Covariances() {}

  static CovarianceAccumulator fit(Dataset<?> data, String column, int dimension, int depth) {
    if (dimension > LARGEST_DIMENSION) {
      throw new IllegalArgumentException(
          "vectors must have at most %d elements for their covariance, those of column '%s' have %d"
              .formatted(LARGEST_DIMENSION, column, dimension));
    }
    ClusterPass<CovarianceAccumulator> pass =
        new ClusterPass<>(new CovarianceStatistics(dimension), column, depth);
    CovarianceAccumulator rows =
        pass.over(VectorColumn.rows(data, column))
            .orElseThrow(
                () -> new IllegalArgumentException("column '%s' has no rows".formatted(column)));
    if (rows.count() < 2) {
      throw new IllegalArgumentException(
          "a covariance needs at least 2 rows, column '%s' has %d".formatted(column, rows.count()));
    }
    return rows;
  }
}
