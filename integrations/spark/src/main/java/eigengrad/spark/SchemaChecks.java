package eigengrad.spark;

import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What every stage asks of the schema it is given. */
final class SchemaChecks {
  private SchemaChecks() {}

  /**
   * A column that is there.
   *
   * @throws IllegalArgumentException if it is not
   */
  static StructField field(StructType schema, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no column '%s': set inputCol to one of %s"
                        .formatted(name, Arrays.toString(schema.fieldNames()))));
  }

  /**
   * The schema with a column more.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  static StructType appended(StructType schema, String name, DataType type) {
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "there is a column '%s' already: set the output to another name".formatted(name));
    }
    return schema.add(name, type);
  }
}
