package eigengrad.spark;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Principal components of a column of vectors: what {@code org.apache.spark.ml.feature.PCA} does,
 * with the same params, in one pass instead of two, and accurate for sparse vectors of a large
 * mean, for which Spark's subtracts N m mᵀ from Σ x xᵀ.
 *
 * <p>Components are the leading eigenvectors of Σ (x − m)(x − m)ᵀ / (N − 1), of norm 1, the largest
 * component of each positive. The answer has the same bits whatever the number of executors and
 * whichever of them are lost, as long as partitions hold the same rows in the same order.
 *
 * <p>The covariance is computed in one pass over the data, d² flops a row and d² doubles a task,
 * and decomposed on the driver, which takes up to 10 d² doubles more.
 *
 * @see EigengradPcaModel
 */
public final class EigengradPca extends Estimator<EigengradPcaModel>
    implements PcaParams, FitParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam k;
  private final BooleanParam withMean;
  private final IntParam aggregationDepth;

  /** An estimator with a random uid. */
  public EigengradPca() {
    this(Identifiable.randomUID("eigengradPca"));
  }

  /**
   * An estimator.
   *
   * @param uid what it is called in a pipeline
   */
  public EigengradPca(String uid) {
    this.uid = uid;
    this.inputCol = ColumnParams.newInputCol(uid);
    this.outputCol = ColumnParams.newOutputCol(uid);
    this.k = new IntParam(uid, "k", "how many principal components", ParamValidators.gt(0));
    this.withMean = PcaParams.newWithMean(uid);
    this.aggregationDepth = FitParams.newAggregationDepth(uid);
    setDefault(inputCol, "features");
    setDefault(outputCol, uid + "__output");
    setDefault(withMean, false);
    setDefault(aggregationDepth, 2);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> inputCol() {
    return inputCol;
  }

  @Override
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Param for the number of components, ≥ 1; to be set.
   *
   * @return the param
   */
  public IntParam k() {
    return k;
  }

  @Override
  public BooleanParam withMean() {
    return withMean;
  }

  @Override
  public IntParam aggregationDepth() {
    return aggregationDepth;
  }

  /**
   * The number of components.
   *
   * @return as set
   */
  public int getK() {
    return (Integer) getOrDefault(k);
  }

  /**
   * Sets the name of the input column.
   *
   * @param value of vectors, or arrays of numbers
   * @return this
   */
  public EigengradPca setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets the name of the output column.
   *
   * @param value no column yet
   * @return this
   */
  public EigengradPca setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Sets the number of components.
   *
   * @param value ≥ 1
   * @return this
   */
  public EigengradPca setK(int value) {
    set(k, value);
    return this;
  }

  /**
   * Sets whether the mean is subtracted from vectors before they are projected.
   *
   * @param value true as scikit-learn does, false as Spark does
   * @return this
   */
  public EigengradPca setWithMean(boolean value) {
    set(withMean, value);
    return this;
  }

  /**
   * Sets the levels of the tree that merges what partitions have found.
   *
   * @param value ≥ 1
   * @return this
   */
  public EigengradPca setAggregationDepth(int value) {
    set(aggregationDepth, value);
    return this;
  }

  /**
   * Fits.
   *
   * @param data with the input column
   * @return the components
   * @throws IllegalArgumentException if the column is missing or not of vectors, there are fewer
   *     than two rows, k exceeds the vectors' length, or a row is null, of another length or not
   *     finite: its partition and position are named
   * @throws ArithmeticException if a variance exceeds the largest double
   */
  @Override
  public EigengradPcaModel fit(Dataset<?> data) {
    transformSchema(data.schema());
    PrincipalComponents components =
        PrincipalComponents.fit(data, getInputCol(), getK(), getAggregationDepth());
    EigengradPcaModel model = new EigengradPcaModel(uid, components);
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return VectorColumn.appended(schema, getInputCol(), getOutputCol());
  }

  @Override
  public EigengradPca copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Reads estimators that have been saved.
   *
   * @return a reader
   */
  public static MLReader<EigengradPca> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator.
   *
   * @param path where it has been saved
   * @return the estimator
   */
  public static EigengradPca load(String path) {
    return read().load(path);
  }
}
