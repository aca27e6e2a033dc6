package eigengrad.spark;

import eigengrad.linalg.CovarianceAccumulator;
import eigengrad.linalg.statistics.Whitening;
import eigengrad.linalg.statistics.WhiteningKind;
import eigengrad.linalg.statistics.WhiteningOptions;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.param.DoubleParam;
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
 * Whitening of a column of vectors: x ↦ W(x − m) with WᵀW = Σ⁻¹, where m is the mean and Σ the
 * covariance Σ (x − m)(x − m)ᵀ / (N − 1). What comes out has the covariance I.
 *
 * <p>The {@code kind} says which of these matrices W. Kessy, Lewin and Strimmer: <i>Optimal
 * whitening and decorrelation</i>, 2018:
 *
 * <ul>
 *   <li>{@code zca}, the default: Σ^(−1/2), closest to the data;
 *   <li>{@code pca}: Λ^(−1/2)Uᵀ, with Σ = UΛUᵀ, the largest variance first, the largest component
 *       of each eigenvector positive;
 *   <li>{@code cholesky}: Lᵀ with Σ⁻¹ = LLᵀ, upper triangular, whatever the units;
 *   <li>{@code zca-cor} and {@code pca-cor}: the first two after division by the standard
 *       deviations.
 * </ul>
 *
 * <p>The covariance is computed in one pass over the data, d² flops a row and d² doubles a task,
 * and decomposed on the driver, which takes up to 14 d² doubles more. The answer has the same bits
 * whatever the number of executors and whichever of them are lost, as long as partitions hold the
 * same rows in the same order.
 *
 * @see EigengradWhiteningModel
 */
public final class EigengradWhitening extends Estimator<EigengradWhiteningModel>
    implements ColumnParams, FitParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> kind;
  private final DoubleParam epsilon;
  private final IntParam aggregationDepth;

  /** An estimator with a random uid. */
  public EigengradWhitening() {
    this(Identifiable.randomUID("eigengradWhitening"));
  }

  /**
   * An estimator.
   *
   * @param uid what it is called in a pipeline
   */
  public EigengradWhitening(String uid) {
    this.uid = uid;
    this.inputCol = ColumnParams.newInputCol(uid);
    this.outputCol = ColumnParams.newOutputCol(uid);
    this.kind =
        new Param<>(
            uid,
            "kind",
            "which whitening: " + String.join(", ", WhiteningNames.all()),
            ParamValidators.inArray(WhiteningNames.all()));
    this.epsilon =
        new DoubleParam(uid, "epsilon", "added to the eigenvalues", ParamValidators.gtEq(0));
    this.aggregationDepth = FitParams.newAggregationDepth(uid);
    setDefault(inputCol, "features");
    setDefault(outputCol, uid + "__output");
    setDefault(kind, WhiteningNames.of(WhiteningKind.ZCA));
    setDefault(epsilon, 0.0);
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
   * Param for which whitening: {@code zca}, {@code pca}, {@code cholesky}, {@code zca-cor} or {@code pca-cor}.
   *
   * @return the param
   */
  public Param<String> kind() {
    return kind;
  }

  /**
   * Param for what is added to the eigenvalues of the covariance, or for the last three kinds of
   * the correlation, ≥ 0, 0 by default.
   *
   * @return the param
   */
  public DoubleParam epsilon() {
    return epsilon;
  }

  @Override
  public IntParam aggregationDepth() {
    return aggregationDepth;
  }

  /**
   * Which whitening.
   *
   * @return as set, or the default
   */
  public String getKind() {
    return getOrDefault(kind);
  }

  /**
   * What is added to the eigenvalues.
   *
   * @return as set, or the default
   */
  public double getEpsilon() {
    return (Double) getOrDefault(epsilon);
  }

  /**
   * Sets the name of the input column.
   *
   * @param value of vectors, or arrays of numbers
   * @return this
   */
  public EigengradWhitening setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets the name of the output column.
   *
   * @param value no column yet
   * @return this
   */
  public EigengradWhitening setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Sets which whitening.
   *
   * @param value {@code zca}, {@code pca}, {@code cholesky}, {@code zca-cor} or {@code pca-cor}
   * @return this
   */
  public EigengradWhitening setKind(String value) {
    set(kind, value);
    return this;
  }

  /**
   * Sets what is added to the eigenvalues: small variances are amplified less, and a singular
   * covariance can be whitened.
   *
   * @param value ≥ 0
   * @return this
   */
  public EigengradWhitening setEpsilon(double value) {
    set(epsilon, value);
    return this;
  }

  /**
   * Sets the levels of the tree that merges what partitions have found.
   *
   * @param value ≥ 1
   * @return this
   */
  public EigengradWhitening setAggregationDepth(int value) {
    set(aggregationDepth, value);
    return this;
  }

  /**
   * Fits.
   *
   * @param data with the input column
   * @return the whitening
   * @throws IllegalArgumentException if the column is missing or not of vectors, there are fewer
   *     than two rows, a row is null, of another length or not finite (its partition and position
   *     are named), or the covariance is singular and {@code epsilon} 0
   * @throws ArithmeticException if a variance exceeds the largest double
   */
  @Override
  public EigengradWhiteningModel fit(Dataset<?> data) {
    transformSchema(data.schema());
    int dimension = VectorColumn.dimension(data, getInputCol());
    CovarianceAccumulator rows =
        Covariances.fit(data, getInputCol(), dimension, getAggregationDepth());
    WhiteningOptions options =
        WhiteningOptions.DEFAULT
            .withKind(WhiteningNames.kind(getKind()))
            .withEpsilon(getEpsilon());
    Whitening whitening = Whitening.fit(rows, options);
    EigengradWhiteningModel model =
        new EigengradWhiteningModel(
            uid,
            new org.apache.spark.ml.linalg.DenseMatrix(
                dimension, dimension, whitening.matrix().columnMajor()),
            new DenseVector(whitening.mean()));
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return VectorColumn.appended(schema, getInputCol(), getOutputCol());
  }

  @Override
  public EigengradWhitening copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Reads estimators that have been saved.
   *
   * @return a reader
   */
  public static MLReader<EigengradWhitening> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator.
   *
   * @param path where it has been saved
   * @return the estimator
   */
  public static EigengradWhitening load(String path) {
    return read().load(path);
  }
}
