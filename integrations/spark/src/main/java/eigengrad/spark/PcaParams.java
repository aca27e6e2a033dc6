package eigengrad.spark;

import org.apache.spark.ml.param.BooleanParam;

/** The params that the estimator of principal components and its model share. */
interface PcaParams extends ColumnParams {

  /**
   * Param for whether the mean is subtracted from vectors before they are projected; false by
   * default, as in Spark's own PCA. The components do not depend on it.
   *
   * @return the param
   */
  BooleanParam withMean();

  /**
   * Whether the mean is subtracted from vectors before they are projected.
   *
   * @return as set, or the default
   */
  default boolean getWithMean() {
    return (Boolean) getOrDefault(withMean());
  }

  /** For the stage of that uid. */
  static BooleanParam newWithMean(String uid) {
    return new BooleanParam(
        uid, "withMean", "whether the mean is subtracted before vectors are projected");
  }
}
