package eigengrad.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A column of vectors, or of arrays of numbers, which are taken for vectors. */
final class VectorColumn {
  private VectorColumn() {}

  /** The schema with a column of vectors more. */
  static StructType appended(StructType schema, String input, String output) {
    require(schema, input);
    return SchemaChecks.appended(schema, output, SQLDataTypes.VectorType());
  }

  static void require(StructType schema, String name) {
    DataType type = SchemaChecks.field(schema, name).dataType();
    boolean numbers = type instanceof ArrayType array && array.elementType() instanceof NumericType;
    if (!numbers && !type.equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          "column '%s' must hold vectors or arrays of numbers, got %s"
              .formatted(name, type.catalogString()));
    }
  }

  /** As vectors. */
  static Column of(Dataset<?> data, String name) {
    Column column = data.col(name);
    boolean vectors =
        SchemaChecks.field(data.schema(), name).dataType().equals(SQLDataTypes.VectorType());
    return vectors ? column : functions.array_to_vector(column);
  }

  /** Rows of nothing else. */
  static JavaRDD<Row> rows(Dataset<?> data, String name) {
    return data.select(of(data, name)).toJavaRDD();
  }

  /**
   * The length of the vectors: what the column's metadata say, or of the first row.
   *
   * @throws IllegalArgumentException if there are no rows, or the first one is null
   */
  static int dimension(Dataset<?> data, String name) {
    StructField field = SchemaChecks.field(data.schema(), name);
    if (field.dataType().equals(SQLDataTypes.VectorType())) {
      int known = AttributeGroup.fromStructField(field).size();
      if (known > 0) {
        return known;
      }
    }
    Row[] first = (Row[]) data.select(of(data, name)).head(1);
    if (first.length == 0) {
      throw new IllegalArgumentException("column '%s' has no rows".formatted(name));
    }
    Vector vector = first[0].getAs(0);
    if (vector == null || vector.size() == 0) {
      throw new IllegalArgumentException(
          "column '%s' must hold vectors of at least one element, the first row is %s"
              .formatted(name, vector));
    }
    return vector.size();
  }
}
