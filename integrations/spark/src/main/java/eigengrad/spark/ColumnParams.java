package eigengrad.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of every stage here that maps one column to another. */
interface ColumnParams extends Params {

  /**
   * Param for the name of the input column, "features" by default.
   *
   * @return the param
   */
  Param<String> inputCol();

  /**
   * Param for the name of the output column, the stage's uid and "__output" by default.
   *
   * @return the param
   */
  Param<String> outputCol();

  /**
   * The name of the input column.
   *
   * @return as set, or the default
   */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /**
   * The name of the output column.
   *
   * @return as set, or the default
   */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** For the stage of that uid. */
  static Param<String> newInputCol(String uid) {
    return new Param<>(uid, "inputCol", "input column name");
  }

  /** For the stage of that uid. */
  static Param<String> newOutputCol(String uid) {
    return new Param<>(uid, "outputCol", "output column name");
  }
}
