package eigengrad.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The params of every estimator here. */
interface FitParams extends Params {

  /**
   * Param for the levels of the tree that merges what partitions have found, ≥ 1, 2 by default.
   *
   * @return the param
   */
  IntParam aggregationDepth();

  /**
   * The levels of the tree that merges what partitions have found.
   *
   * @return as set, or the default
   */
  default int getAggregationDepth() {
    return (Integer) getOrDefault(aggregationDepth());
  }

  /** For the stage of that uid. */
  static IntParam newAggregationDepth(String uid) {
    return new IntParam(
        uid,
        "aggregationDepth",
        "levels of the tree that merges what partitions have found",
        ParamValidators.gtEq(1));
  }
}
