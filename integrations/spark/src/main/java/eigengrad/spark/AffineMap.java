package eigengrad.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * x ↦ W(x − m). The mean is subtracted first: W x − W m would lose what is small beside the mean.
 * Without a mean, zeros of a sparse vector cost nothing. Cost: 2·k flops for each other element.
 */
final class AffineMap implements Serializable {
  private static final long serialVersionUID = 1;

  private final int outputs;
  private final double[] mean;
  private final double[] columns;

  /**
   * A map.
   *
   * @param mean m, d elements, or none for 0
   * @param columns W, k×d, column-major
   */
  AffineMap(int outputs, double[] mean, double[] columns) {
    this.outputs = outputs;
    this.mean = mean;
    this.columns = columns;
  }

  /** With the rows of W in the columns of a matrix. */
  static AffineMap ofTransposed(DenseMatrix transposed, double[] mean) {
    return new AffineMap(transposed.numCols(), mean, transposed.transpose().toArray());
  }

  /** Appends a column of mapped vectors; the map is broadcast. */
  Dataset<Row> append(Dataset<?> data, String input, String output) {
    Broadcast<AffineMap> everywhere =
        JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext()).broadcast(this);
    UserDefinedFunction map =
        udf(
            (UDF1<@Nullable Vector, @Nullable Vector>)
                x -> x == null ? null : everywhere.value().apply(x),
            SQLDataTypes.VectorType());
    Column mapped = map.apply(VectorColumn.of(data, input));
    Metadata size = new AttributeGroup(output, outputs).toMetadata();
    return data.select(col("*"), mapped.as(output, size));
  }

  /**
   * Maps a vector.
   *
   * @throws IllegalArgumentException if it is of another length
   */
  Vector apply(Vector x) {
    int dimension = columns.length / outputs;
    if (x.size() != dimension) {
      throw new IllegalArgumentException(
          "vectors must have %d elements, as those of the fit, got %d"
              .formatted(dimension, x.size()));
    }
    double[] y = new double[outputs];
    if (mean.length == 0 && x instanceof SparseVector sparse) {
      int[] indices = sparse.indices();
      for (int e = 0; e < indices.length; e++) {
        addColumn(indices[e], sparse.values()[e], y);
      }
    } else {
      double[] elements = x.toArray();
      for (int j = 0; j < dimension; j++) {
        addColumn(j, mean.length == 0 ? elements[j] : elements[j] - mean[j], y);
      }
    }
    return Vectors.dense(y);
  }

  private void addColumn(int column, double factor, double[] y) {
    int from = column * outputs;
    for (int i = 0; i < y.length; i++) {
      y[i] += factor * columns[from + i];
    }
  }
}
