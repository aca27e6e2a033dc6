package eigengrad.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.jspecify.annotations.Nullable;

/** Datasets that are made where they are read, from the number of each row. */
final class TestRows {
  private TestRows() {}

  /** A row from its number. */
  interface Source extends Serializable {
    @Nullable Vector row(long id);
  }

  /** Columns {@code id} and {@code features}; adjacent numbers lie in a partition. */
  static Dataset<Row> of(SparkSession session, long rows, int partitions, Source source) {
    UserDefinedFunction features =
        udf((UDF1<Long, @Nullable Vector>) source::row, SQLDataTypes.VectorType());
    return session
        .range(0, rows, 1, partitions)
        .toDF()
        .withColumn("features", features.apply(col("id")));
  }

  /**
   * Uniform numbers of deviation j + 1 in element j, correlated with their left neighbours; with an
   * offset of up to 2²⁷ the sums are exact.
   */
  static Vector correlated(long id, int dimension, double offset) {
    SplittableRandom random = new SplittableRandom(id);
    double[] x = new double[dimension];
    double left = 0;
    for (int j = 0; j < dimension; j++) {
      left = (j + 1) * grid(random.nextDouble() - 0.5) + 0.5 * left;
      x[j] = grid(left) + offset;
    }
    return Vectors.dense(x);
  }

  private static double grid(double x) {
    return Math.rint(x * 0x1p20) / 0x1p20;
  }

  /** A column of vectors, on this side. */
  static double[][] collected(Dataset<Row> data, String column) {
    List<Row> rows = data.select(column).collectAsList();
    return rows.stream().map(row -> ((Vector) row.getAs(0)).toArray()).toArray(double[][]::new);
  }
}
