package eigengrad.spark;

import eigengrad.linalg.SymmetricProduct;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * The covariance of rows as an operator: every product with a block of vectors is a pass over the
 * data, which should be cached. Memory: d·b doubles in each task and on the driver.
 */
final class ClusterCovariance implements SymmetricProduct {
  private final JavaRDD<Row> rows;
  private final String column;
  private final int depth;
  private final double[] mean;
  private final long count;

  /** Σ mⱼ² over the elements that are not stored. */
  private final double squaresOfZeros;

  private double squares;

  /**
   * Finds the mean.
   *
   * @throws IllegalArgumentException if there are fewer than two rows, or one is refused
   */
  ClusterCovariance(JavaRDD<Row> rows, String column, int dimension, int depth) {
    this.rows = rows;
    this.column = column;
    this.depth = depth;
    SumStatistics.Sum sum =
        new ClusterPass<>(new SumStatistics(dimension), column, depth)
            .over(rows)
            .orElseThrow(
                () -> new IllegalArgumentException("column '%s' has no rows".formatted(column)));
    if (sum.count < 2) {
      throw new IllegalArgumentException(
          "a covariance needs at least 2 rows, column '%s' has %d".formatted(column, sum.count));
    }
    this.count = sum.count;
    this.mean = Arrays.stream(sum.elements).map(element -> element / count).toArray();
    double zeros = 0;
    for (int j = 0; j < dimension; j++) {
      zeros += (count - sum.stored[j]) * mean[j] * mean[j];
    }
    this.squaresOfZeros = zeros;
  }

  double[] mean() {
    return mean;
  }

  /** The trace of C, which the first product has found too. */
  double totalVariance() {
    return (squares + squaresOfZeros) / (count - 1);
  }

  @Override
  public void multiply(double[] x, double[] y) {
    multiply(mean.length, 1, x, y);
  }

  /** Y ← CX, X and Y d×b, column-major; C = Σ (x − m)(x − m)ᵀ / (N − 1). */
  @Override
  public void multiply(int n, int columns, double[] x, double[] y) {
    Broadcast<ProductStatistics.Factor> factor =
        JavaSparkContext.fromSparkContext(rows.context())
            .broadcast(ProductStatistics.Factor.of(columns, x, mean));
    try {
      ProductStatistics statistics = new ProductStatistics(factor);
      ProductStatistics.Products products =
          new ClusterPass<>(statistics, column, depth).over(rows).orElseThrow();
      statistics.finish(products, y);
      squares = products.squares;
      for (int e = 0; e < mean.length * columns; e++) {
        y[e] /= count - 1;
      }
    } finally {
      factor.destroy();
    }
  }
}
